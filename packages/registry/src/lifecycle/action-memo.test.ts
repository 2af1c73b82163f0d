import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { createActionMemo, rightsOf } from './action-memo.ts';
import { describeActions } from './describe-actions.ts';

const identity: ConnectorState['identity'] = {
  ...{
    slug: 'mail',
    name: 'Mail',
    description: '',
    type: 'General',
    category: 'Mail',
    subcategory: undefined,
    tags: [],
  },
  ...{ icon: '', image: { tile: 'blue' }, assets: { icons: {} }, url: undefined, documentationUrl: undefined },
  ...{ hasPathHierarchy: false, hasOauthConnect: false, processor: { enabled: false } },
};

function aVersion(over: Partial<VersionState>): VersionState {
  return {
    ...{ id: 'v', version: '1.0.0', revision: 1, stage: 'published', visibility: 'catalogue', review: 'none' },
    ...{
      isUnlisted: false,
      wasCatalogue: false,
      definition: undefined,
      pendingDefinition: undefined,
      definitionHash: '',
    },
    ...{ integrity: undefined, sourceRef: undefined, notes: '', deprecation: undefined, sunsetAt: undefined },
    ...{
      flowVersionId: undefined,
      createdAt: new Date(0),
      createdBy: 'user-1',
      publishedAt: undefined,
      publishedBy: undefined,
    },
    ...over,
  };
}

function aState(tenantId: string, over: Partial<VersionState>): ConnectorState {
  const version = aVersion(over);
  return {
    ...{ id: 'c', tenantId, identity, isBuiltin: false, isEnabled: true, isSlugLocked: true, runtime: 'declarative' },
    ...{ origin: { kind: 'builder', componentId: undefined }, revision: 1, createdBy: 'user-1', versions: [version] },
    ...{ head: version, draft: version.stage === 'draft' ? version : undefined, testResults: [], ownerSettings: [] },
  };
}

const stages = ['draft', 'ready', 'pre_released', 'published', 'deprecated', 'blocked', 'retired'] as const;
const states = ['platform', 'a', 'b'].flatMap((tenantId) =>
  stages.flatMap((stage) =>
    (['none', 'enterprise', 'catalogue'] as const).map((visibility) => aState(tenantId, { stage, visibility })),
  ),
);

const callers: Caller[] = (['platform_admin', 'enterprise_admin', 'developer', 'viewer'] as const).flatMap((role) =>
  ['a', 'b', 'c', 'platform'].flatMap((tenantId) =>
    ['user-1', 'user-2'].flatMap((userId) =>
      [false, true].flatMap((isFull) => {
        const features = { custom_connectors: isFull, sdk_access: isFull, review_required: isFull };
        const caller = { tenantId, userId, name: `${userId}@${tenantId}`, role, features, connectorLimit: null };
        return [false, true].map((isPlatformAdmin) => ({ ...caller, isPlatformAdmin }));
      }),
    ),
  ),
);

describe('createActionMemo', () => {
  it('tells callers of the same rights the same, and everybody what is true', () => {
    for (const state of states) {
      const memo = createActionMemo(state);
      for (const caller of callers) {
        expect(memo.of(caller), `${caller.name} ${state.tenantId}`).toEqual(describeActions(state, caller));
      }
    }
  });

  it('finds out once for all strangers', () => {
    const state = aState('platform', {});
    const memo = createActionMemo(state);
    const strangers = callers.filter(({ role, isPlatformAdmin }) => role === 'developer' && !isPlatformAdmin);
    const answers = strangers
      .filter(({ features, tenantId }) => features.sdk_access && tenantId !== 'platform')
      .map((each) => memo.of(each));
    expect(new Set(answers).size).toBe(1);
    // With and without the features: strangers of three tenants, and two users of the owner, who are somebody.
    expect(new Set(strangers.map((each) => rightsOf(state, each))).size).toBe(2 + 4);
  });
});
