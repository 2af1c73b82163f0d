import type { ApiVersion, Session } from '@patchbay/api-contract/client';
import { describe, expect, it } from 'vitest';
import { lifecycleRows } from './lifecycle-rows.ts';

type Connector = NonNullable<ApiVersion['connector']>;

const at = '2026-11-21T12:00:00Z';

function sessionOf(role: Session['user']['role'], hasSdkAccess = true): Session {
  return {
    user: {
      ...{ id: 'u1', created: at, updated: at, revision: 1, email: 'a@example.com', name: 'A' },
      ...{ role, platformAdmin: false, hasPassword: true },
    },
    tenant: {
      ...{ id: 't1', name: 'T', limits: { custom_connectors: null } },
      features: { custom_connectors: true, sdk_access: hasSdkAccess, review_required: false },
    },
    expires: at,
  };
}

function versionOf(patch: Partial<ApiVersion>, connector?: Partial<Connector>): ApiVersion {
  return {
    ...{ id: 'v1', version: '1.0.0', source_ref: 'main', deployed_number: 1, deployed_at: at },
    ...{ has_undeployed_changes: false, exposed: true, created: at, created_by: 'A' },
    ...patch,
    ...(connector && {
      connector: {
        ...{ id: 'c1', slug: 'greeter', version: '1.0.0', revision: 1, stage: 'published', visibility: 'enterprise' },
        ...{ is_outdated: false, actions: { republish: { allowed: true } } },
        ...connector,
      },
    }),
  };
}

const admin = sessionOf('enterprise_admin');
const actionsOf = (version: ApiVersion): string[] => lifecycleRows(version, admin).map(({ action }) => action);
const refusalOf = (version: ApiVersion, session: Session): string | undefined =>
  lifecycleRows(version, session)[0]?.refusal;

describe('lifecycleRows', () => {
  it('offers only Publish before there is a connector, with what keeps the person from it', () => {
    expect(actionsOf(versionOf({}))).toEqual(['publish']);
    expect(refusalOf(versionOf({}), admin)).toBeUndefined();
    expect(refusalOf(versionOf({}), sessionOf('developer'))).toMatch(/role/);
    expect(refusalOf(versionOf({}), sessionOf('enterprise_admin', false))).toBeDefined();
    const { deployed_number: _, ...undeployed } = versionOf({});
    expect(refusalOf(undeployed, admin)).toBe('The version is not deployed. Deploy it first.');
    expect(refusalOf(versionOf({ exposed: false }), admin)).toMatch(/cannot be called over HTTP/);
  });

  it('has Republish Connector only for a private published version (CH-15)', () => {
    expect(actionsOf(versionOf({}, {}))).toContain('republish');
    expect(actionsOf(versionOf({}, { visibility: 'catalogue' }))).not.toContain('republish');
    expect(actionsOf(versionOf({}, { stage: 'deprecated' }))).not.toContain('republish');
  });

  it('takes what is allowed, and the reason otherwise, from the API', () => {
    const rows = lifecycleRows(
      versionOf({}, { actions: { deprecate: { allowed: true }, retire: { allowed: false, reason: 'Not yet.' } } }),
      admin,
    );
    const refusals = Object.fromEntries(rows.map(({ action, refusal }) => [action, refusal]));
    expect(refusals['deprecate']).toBeUndefined();
    expect(refusals['retire']).toBe('Not yet.');
  });

  it('unblocks what is blocked, and widens what is published', () => {
    expect(actionsOf(versionOf({}, { stage: 'blocked' }))).toContain('unblock');
    expect(actionsOf(versionOf({}, { stage: 'blocked' }))).not.toContain('block');
    expect(lifecycleRows(versionOf({}, {}), admin)[0]?.label).toBe('Publish to the catalogue');
  });
});
