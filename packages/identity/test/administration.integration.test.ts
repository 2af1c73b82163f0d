import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { revertMigrations, runMigrations } from '@patchbay/database';
import { identityMigrations, type Principal } from '../src/index.ts';
import { createIdentityFixture, dumpDatabase, type IdentityFixture } from './identity-fixture.ts';

let fixture: IdentityFixture;
let platform: Principal;
const page = { from: 0, size: 50 };

beforeAll(async () => {
  fixture = await createIdentityFixture(inject('databaseUrl'));
  platform = (await fixture.signedIn('platform', 'platform_admin')).principal;
});

afterAll(() => fixture.close());

const failure = (code: string): unknown => expect.objectContaining({ code });

interface Rights {
  readonly role?: 'platform_admin' | 'enterprise_admin' | 'developer' | 'viewer';
  readonly platformAdmin?: boolean;
}

const change = (
  principal: Principal,
  id: string,
  { revision, ...body }: Rights & { name?: string; revision?: number },
) => fixture.identity.updateUser(principal, { id, body, revision });

describe('changing a user', () => {
  it('takes effect with the next request, also for a token', async () => {
    const [admin, user] = [await fixture.signedIn('change'), await fixture.signedIn('change', 'developer')];
    const { token } = await fixture.identity.createToken(user.principal, { name: 't' });
    const answer = await change(admin.principal, user.principal.userId, { role: 'viewer', name: 'Vera', revision: 1 });
    expect(answer).toEqual({ _id: user.principal.userId, result: 'updated', revision: 2 });
    for (const presented of [{ token }, { sessionSecret: user.secret }])
      expect(await fixture.identity.authenticate(presented)).toMatchObject({ role: 'viewer' });
    const again = change(admin.principal, user.principal.userId, { role: 'developer', revision: 1 });
    await expect(again).rejects.toEqual(failure('revision_conflict'));
    const { hits } = await fixture.identity.searchUsers(admin.principal, { ...page, query: 'Vera' });
    expect(hits.hits[0]?._source).toMatchObject({ role: 'viewer', platformAdmin: false, revision: 2 });
  });

  it('never raises anybody above the one who does it, nor touches who stands above', async () => {
    const [admin, user] = [await fixture.signedIn('raise'), await fixture.signedIn('raise', 'viewer')];
    const both = await fixture.signedIn('raise', 'enterprise_admin', true);
    const refused: [Principal, string, Rights][] = [
      [admin.principal, user.principal.userId, { platformAdmin: true }],
      [admin.principal, user.principal.userId, { role: 'platform_admin' }],
      [admin.principal, admin.principal.userId, { platformAdmin: true }],
      [admin.principal, both.principal.userId, { role: 'viewer' }],
      [user.principal, user.principal.userId, { role: 'developer' }],
    ];
    for (const [principal, id, body] of refused)
      await expect(change(principal, id, body)).rejects.toEqual(failure('forbidden_role'));
    await expect(change(both.principal, user.principal.userId, { platformAdmin: true })).resolves.toBeDefined();
    const astray = change(both.principal, user.principal.userId, { role: 'platform_admin' });
    await expect(astray).rejects.toEqual(failure('validation_error'));
    const foreign = await fixture.signedIn('raise-other');
    await expect(change(foreign.principal, user.principal.userId, { name: 'X' })).rejects.toEqual(failure('not_found'));
  });

  it('leaves a tenant its last administrator, also when two demote each other at once', async () => {
    const [one, two] = [await fixture.signedIn('last'), await fixture.signedIn('last')];
    const [first, second] = [one.principal, two.principal];
    const both = await Promise.allSettled([
      change(first, second.userId, { role: 'viewer' }),
      change(second, first.userId, { role: 'viewer' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'last_administrator' } });
    const { rows } = await fixture.database.connection.raw<{ rows: unknown[] }>(
      `select 1 from users where tenant_id = 'last' and role = 'enterprise_admin'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('leaves the platform its last administrator; who leaves the role leaves its rights', async () => {
    const { principal } = await fixture.signedIn('platform', 'platform_admin');
    await fixture.database
      .connection('users')
      .whereNot({ id: principal.userId })
      .update({ is_platform_admin: false, role: 'viewer' });
    await expect(change(principal, principal.userId, { role: 'viewer' })).rejects.toEqual(
      failure('last_administrator'),
    );
    platform = (await fixture.signedIn('platform', 'platform_admin')).principal;
    await change(platform, principal.userId, { role: 'viewer' });
    const left = await fixture.identity.localPrincipal(principal);
    expect(left).toMatchObject({ role: 'viewer', isPlatformAdmin: false });
  });
});

describe('tenants', () => {
  it('are made and changed by platform administrators, seen by their own administrators, and hidden from others', async () => {
    const created = await fixture.identity.createTenant(platform, {
      id: 'acme',
      name: 'Acme',
      features: { sdk_access: false },
    });
    expect(created).toEqual({ _id: 'acme', result: 'created', revision: 1 });
    const again = fixture.identity.createTenant(platform, { id: 'acme', name: 'Acme', features: {} });
    await expect(again).rejects.toEqual(failure('already_exists'));
    const [own, other] = [await fixture.signedIn('acme'), await fixture.signedIn('rival')];
    expect(own.principal.features).toEqual({ custom_connectors: true, sdk_access: false, review_required: false });
    const seen = await fixture.identity.getTenant(own.principal, 'acme');
    expect(seen._source).toMatchObject({ name: 'Acme', user_count: 1, connector_count: 0, revision: 1 });
    await expect(fixture.identity.getTenant(other.principal, 'acme')).rejects.toEqual(failure('not_found'));
    const body = { features: { sdk_access: true } };
    const update = (principal: Principal, revision?: number) =>
      fixture.identity.updateTenant(principal, { id: 'acme', body, revision });
    await expect(update(other.principal)).rejects.toEqual(failure('not_found'));
    await expect(update(own.principal)).rejects.toEqual(failure('forbidden_role'));
    await expect(update(platform, 7)).rejects.toEqual(failure('revision_conflict'));
    expect(await update(platform, 1)).toMatchObject({ result: 'updated', revision: 2 });
    const principal = await fixture.identity.authenticate({ sessionSecret: own.secret });
    expect(principal?.features).toEqual({ custom_connectors: true, sdk_access: true, review_required: false });
  });

  it('have limits, which the principal carries; null takes one away', async () => {
    const { secret } = await fixture.signedIn('limited');
    const limit = async (custom_connectors: number | null): Promise<number | null | undefined> => {
      await fixture.identity.updateTenant(platform, {
        id: 'limited',
        body: { limits: { custom_connectors } },
        revision: '*',
      });
      return (await fixture.identity.authenticate({ sessionSecret: secret }))?.connectorLimit;
    };
    expect(await limit(3)).toBe(3);
    expect(await limit(null)).toBeNull();
  });

  it('are searched: all by a platform administrator, one’s own by others', async () => {
    const own = await fixture.signedIn('search-me');
    const names = async (principal: Principal, query: string): Promise<string[]> =>
      (await fixture.identity.searchTenants(principal, { ...page, query })).hits.hits.map(({ _id }) => _id);
    await fixture.identity.ensureTenant({ id: 'search-too', name: 'Too' });
    expect(await names(platform, 'search-')).toEqual(['search-me', 'search-too']);
    expect(await names(own.principal, 'search-')).toEqual(['search-me']);
    expect(await names(own.principal, 'too')).toEqual([]);
    const developer = await fixture.signedIn('search-me', 'developer');
    await expect(names(developer.principal, '')).rejects.toEqual(failure('forbidden_role'));
  });
});

describe('the audit log', () => {
  const actions = async (principal: Principal, query: object = {}) =>
    (await fixture.identity.searchAudit(principal, { ...page, ...query })).hits.hits.map(({ _source }) => _source);

  it('names every write to users, tokens and tenants, newest first', async () => {
    const { principal } = await fixture.signedIn('log');
    const user = { email: 'u@log.example', name: 'U', role: 'developer' as const, platformAdmin: false };
    const created = await fixture.identity.createUser(principal, user);
    await change(principal, created._id, { role: 'viewer' });
    await fixture.identity.createSignInLink(principal, created._id);
    const { _id } = await fixture.identity.createToken(principal, { name: 'ci' });
    await fixture.identity.deleteToken(principal, _id);
    await fixture.identity.setPassword(principal, { password: 'a long enough one' });
    await fixture.identity.updateTenant(platform, { id: 'log', body: { name: 'Log!' }, revision: undefined });
    const entries = await actions(principal);
    expect(entries.map(({ action }) => action)).toEqual([
      'tenant_updated',
      'password_set',
      'token_deleted',
      'token_created',
      'sign_in_link_created',
      'user_updated',
      'user_created',
    ]);
    expect(entries[0]).toMatchObject({
      actor: platform.name,
      details: { before: { name: 'LOG' }, after: { name: 'Log!' } },
    });
    expect(entries[5]).toMatchObject({
      actor: principal.name,
      tenant: 'log',
      target: { kind: 'user', id: created._id, name: 'u@log.example' },
      from: 'developer',
      to: 'viewer',
    });
    expect(await actions(principal, { action: 'token_created' })).toHaveLength(1);
    expect(await actions(principal, { target: created._id })).toHaveLength(3);
    expect(await actions(principal, { query: 'u@log' })).toHaveLength(3);
    expect(await actions(principal, { after: entries[0]?.at })).toEqual([]);
  });

  it('belongs to its tenant; a platform administrator may name one', async () => {
    const [own, other] = [await fixture.signedIn('log-own'), await fixture.signedIn('log-other')];
    await fixture.identity.createToken(own.principal, { name: 'secret plan' });
    expect(await actions(other.principal)).toEqual([]);
    await expect(actions(other.principal, { tenant: 'log-own' })).rejects.toEqual(failure('forbidden_role'));
    expect(await actions(platform, { tenant: 'log-own' })).toHaveLength(1);
    const developer = await fixture.signedIn('log-own', 'developer');
    await expect(actions(developer.principal)).rejects.toEqual(failure('forbidden_role'));
  });

  it('has no entry for what did not happen', async () => {
    const { principal } = await fixture.signedIn('log-not');
    const body = { email: 'twice@log.example', name: 'U', role: 'viewer' as const, platformAdmin: false };
    await fixture.identity.createUser(principal, body);
    await expect(fixture.identity.createUser(principal, body)).rejects.toEqual(failure('already_exists'));
    await expect(change(principal, principal.userId, { role: 'viewer' })).rejects.toEqual(
      failure('last_administrator'),
    );
    expect((await actions(principal)).map(({ action }) => action)).toEqual(['user_created']);
  });

  it('cannot be changed, not even by us, and holds no secret', async () => {
    const { principal } = await fixture.signedIn('log-safe');
    const { token } = await fixture.identity.createToken(principal, { name: 'safe' });
    const rows = fixture.database.connection('audit_entries');
    await expect(rows.clone().update({ actor: 'nobody' })).rejects.toThrow(/append only/);
    await expect(rows.clone().delete()).rejects.toThrow(/append only/);
    await expect(fixture.database.connection.raw('truncate audit_entries')).rejects.toThrow(/append only/);
    // The secret itself may hold underscores.
    expect(await dumpDatabase(fixture.database)).not.toContain(token.split('_').slice(2).join('_'));
  });
});

describe('the upgrade', () => {
  it('keeps the rights of platform administrators, in a tenant by the flag, and can be taken back', async () => {
    const { database } = fixture;
    await fixture.signedIn('platform', 'platform_admin');
    const both = await fixture.signedIn('upgraded', 'enterprise_admin', true);
    const plain = await fixture.signedIn('upgraded', 'developer');
    const { token } = await fixture.identity.createToken(both.principal, { name: 'all' });
    await revertMigrations(database, identityMigrations, 1);
    const rolesOf = () =>
      database.connection('users').where({ tenant_id: 'upgraded' }).orderBy('id').pluck<string[]>('role');
    expect(await rolesOf()).toEqual(['platform_admin', 'developer']);
    await runMigrations(database, [identityMigrations]);
    expect(await rolesOf()).toEqual(['enterprise_admin', 'developer']);
    const rightsOf = (presented: object) => fixture.identity.authenticate(presented);
    const all = { role: 'enterprise_admin', isPlatformAdmin: true };
    expect(await rightsOf({ sessionSecret: both.secret })).toMatchObject(all);
    expect(await rightsOf({ token })).toMatchObject(all);
    expect(await rightsOf({ sessionSecret: plain.secret })).toMatchObject({
      role: 'developer',
      isPlatformAdmin: false,
    });
    const alone = await database.connection('users').where({ tenant_id: 'platform', role: 'platform_admin' });
    expect(alone.length).toBeGreaterThan(0);
  });
});
