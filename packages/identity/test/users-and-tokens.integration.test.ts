import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { roles, type Role } from '@patchbay/api-contract';
import type { Principal } from '../src/index.ts';
import { createIdentityFixture, day, type IdentityFixture } from './identity-fixture.ts';

let fixture: IdentityFixture;
const page = { from: 0, size: 50 };
const address = '10.0.0.1';

beforeAll(async () => {
  fixture = await createIdentityFixture(inject('databaseUrl'));
});

afterAll(() => fixture.close());

const failure = (code: string): unknown => expect.objectContaining({ code });
const byToken = async (token: string): Promise<Principal> => {
  const principal = await fixture.identity.authenticate({ token });
  if (principal === undefined) throw new Error('the token is valid');
  return principal;
};

describe('users', () => {
  it('are added by an administrator and sign in by the link they get', async () => {
    const { principal } = await fixture.signedIn('a');
    const body = { email: 'New@a.example', name: 'New', role: 'developer' as const, platformAdmin: false };
    const created = await fixture.identity.createUser(principal, body);
    expect(created).toMatchObject({ result: 'created', revision: 1 });
    const { session } = await fixture.identity.signInByLink({ token: created.linkToken, address });
    expect(session).toMatchObject({
      user: { id: created._id, role: 'developer', hasPassword: false },
      tenant: { id: 'a' },
    });
    await expect(fixture.identity.createUser(principal, { ...body, email: 'nEW@a.EXAMPLE' })).rejects.toEqual(
      failure('already_exists'),
    );
  });

  it.each(['developer', 'viewer'] as const)('are no business of a %s', async (role) => {
    const { principal } = await fixture.signedIn('a', role);
    const body = { email: 'x@x.example', name: 'X', role: 'viewer' as const, platformAdmin: false };
    await expect(fixture.identity.searchUsers(principal, page)).rejects.toEqual(failure('forbidden_role'));
    await expect(fixture.identity.createUser(principal, body)).rejects.toEqual(failure('forbidden_role'));
    await expect(fixture.identity.createSignInLink(principal, principal.userId)).rejects.toEqual(
      failure('forbidden_role'),
    );
  });

  it('never get rights above those of who adds them, nor a link from below', async () => {
    const [admin, both] = [await fixture.signedIn('a'), await fixture.signedIn('a', 'enterprise_admin', true)];
    const body = { email: 'boss@a.example', name: 'Boss', role: 'enterprise_admin' as const, platformAdmin: true };
    await expect(fixture.identity.createUser(admin.principal, body)).rejects.toEqual(failure('forbidden_role'));
    const link = fixture.identity.createSignInLink(admin.principal, both.principal.userId);
    await expect(link).rejects.toEqual(failure('forbidden_role'));
    await expect(fixture.identity.createUser(both.principal, body)).resolves.toBeDefined();
  });

  it('of the role platform_admin live in the tenant platform, and appoint the first ones of a new tenant', async () => {
    const { principal } = await fixture.signedIn('platform', 'platform_admin');
    const admin = await fixture.signedIn('a', 'enterprise_admin');
    await fixture.identity.ensureTenant({ id: 'fresh', name: 'Fresh' });
    const body = {
      email: 'first@fresh.example',
      name: 'First',
      role: 'enterprise_admin' as const,
      platformAdmin: false,
    };
    const first = { ...body, tenant: 'fresh' };
    await expect(fixture.identity.createUser(admin.principal, first)).rejects.toEqual(failure('forbidden_role'));
    const { linkToken } = await fixture.identity.createUser(principal, first);
    const { session } = await fixture.identity.signInByLink({ token: linkToken, address });
    expect(session).toMatchObject({ tenant: { id: 'fresh' }, user: { role: 'enterprise_admin' } });
    const astray = { ...first, email: 'p@fresh.example', role: 'platform_admin' as const };
    await expect(fixture.identity.createUser(principal, astray)).rejects.toEqual(failure('validation_error'));
    const nowhere = { ...first, tenant: 'nowhere' };
    await expect(fixture.identity.createUser(principal, nowhere)).rejects.toEqual(failure('not_found'));
  });

  it('are found by name and e-mail, paged and sorted', async () => {
    const { principal } = await fixture.signedIn('search');
    for (const name of ['Zoe', 'Yan_', 'Xi']) {
      const body = { email: `${name}@s.example`, name, role: 'viewer' as const, platformAdmin: false };
      await fixture.identity.createUser(principal, body);
    }
    const search = async (query: object) =>
      (await fixture.identity.searchUsers(principal, { ...page, ...query })).hits.hits.map((hit) => hit._source.name);
    expect(await search({ query: 's.example' })).toEqual(['Xi', 'Yan_', 'Zoe']);
    expect(await search({ query: '_' })).toEqual(['Yan_']);
    expect(await search({ query: 's.example', sort: '-name', size: 1 })).toEqual(['Zoe']);
    await expect(search({ sort: 'password_hash' })).rejects.toEqual(failure('validation_error'));
  });
});

describe('tokens', () => {
  it('work until they are revoked, and are shown once', async () => {
    const { principal } = await fixture.signedIn('a', 'developer');
    const { _id, token } = await fixture.identity.createToken(principal, { name: 'ci' });
    expect(token).toMatch(/^pb_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
    expect(await byToken(token)).toMatchObject({
      tenantId: 'a',
      userId: principal.userId,
      role: 'developer',
      via: 'token',
    });
    const list = await fixture.identity.searchTokens(principal, page);
    expect(list.hits.hits).toHaveLength(1);
    expect(list.hits.hits[0]).toMatchObject({
      _id,
      _source: { name: 'ci', role: 'developer', prefix: token.slice(0, 15) },
    });
    expect(JSON.stringify(list)).not.toContain(token);
    expect(list.hits.hits[0]?._source).toHaveProperty('lastUsed');
    expect(await fixture.identity.deleteToken(principal, _id)).toEqual({ _id, result: 'deleted' });
    expect(await fixture.identity.authenticate({ token })).toBeUndefined();
    await expect(fixture.identity.deleteToken(principal, _id)).rejects.toEqual(failure('not_found'));
  });

  it('that are almost right open nothing, and a bad one is not rescued by a good cookie', async () => {
    const { principal, secret } = await fixture.signedIn('a');
    const { token } = await fixture.identity.createToken(principal, { name: 'x' });
    const last = token.endsWith('A') ? 'B' : 'A';
    for (const wrong of [
      token.slice(0, -1) + last,
      `${token}A`,
      token.slice(0, 15),
      'pb__',
      '',
      `pb_${'0'.repeat(12)}_${'A'.repeat(43)}`,
    ]) {
      expect(await fixture.identity.authenticate({ token: wrong, sessionSecret: secret })).toBeUndefined();
    }
  });

  it('end when they should', async () => {
    const { principal } = await fixture.signedIn('a');
    const { token } = await fixture.identity.createToken(principal, { name: 'short', expiresInDays: 2 });
    fixture.pass(2 * day - 1000);
    const first = await byToken(token);
    const child = await fixture.identity.createToken(first, { name: 'child', expiresInDays: 100 });
    fixture.pass(2000);
    expect(await fixture.identity.authenticate({ token })).toBeUndefined();
    expect(await fixture.identity.authenticate({ token: child.token })).toBeUndefined();
  });

  it('never exceed the rights of their user, also when those are lowered later', async () => {
    const within: Record<Role, readonly Role[]> = {
      platform_admin: ['platform_admin', 'viewer'],
      enterprise_admin: ['enterprise_admin', 'developer', 'viewer'],
      developer: ['developer', 'viewer'],
      viewer: ['viewer'],
    };
    for (const own of roles) {
      const { principal } = await fixture.signedIn('platform', own);
      for (const role of roles) {
        const creating = fixture.identity.createToken(principal, { name: 't', role });
        if (!within[own].includes(role)) await expect(creating).rejects.toEqual(failure('forbidden_role'));
        else expect((await byToken((await creating).token)).role).toBe(role);
      }
    }
    const { principal } = await fixture.signedIn('a');
    const { token } = await fixture.identity.createToken(principal, { name: 'was admin' });
    await fixture.database.connection('users').where({ id: principal.userId }).update({ role: 'viewer' });
    expect((await byToken(token)).role).toBe('viewer');
  });

  it('carry the flag of a platform administrator only if they were given it and the user still has it', async () => {
    const { principal } = await fixture.signedIn('a', 'enterprise_admin', true);
    const flagOf = async (body: object): Promise<boolean> => {
      const { token } = await fixture.identity.createToken(principal, { name: 'x', ...body });
      return (await byToken(token)).isPlatformAdmin;
    };
    expect(await flagOf({})).toBe(true);
    expect(await flagOf({ role: 'enterprise_admin' })).toBe(false);
    expect(await flagOf({ role: 'viewer', platformAdmin: true })).toBe(true);
    expect(await flagOf({ platformAdmin: false })).toBe(false);
    const { token } = await fixture.identity.createToken(principal, { name: 'both' });
    await fixture.database.connection('users').where({ id: principal.userId }).update({ is_platform_admin: false });
    expect(await byToken(token)).toMatchObject({ role: 'enterprise_admin', isPlatformAdmin: false });
    const plain = await fixture.signedIn('a');
    const creating = fixture.identity.createToken(plain.principal, { name: 'x', platformAdmin: true });
    await expect(creating).rejects.toEqual(failure('forbidden_role'));
  });
});

describe('tenants', () => {
  it('never see or touch users, links and tokens of each other', async () => {
    const [a, b] = [await fixture.signedIn('ten-a'), await fixture.signedIn('ten-b')];
    const { _id } = await fixture.identity.createToken(a.principal, { name: 'mine' });
    const users = await fixture.identity.searchUsers(b.principal, page);
    expect(users.hits.hits.map((hit) => hit._id)).toEqual([b.principal.userId]);
    expect((await fixture.identity.searchTokens(b.principal, page)).hits.total.value).toBe(0);
    await expect(fixture.identity.deleteToken(b.principal, _id)).rejects.toEqual(failure('not_found'));
    await expect(fixture.identity.createSignInLink(b.principal, a.principal.userId)).rejects.toEqual(
      failure('not_found'),
    );
    const forged = { ...b.principal, userId: a.principal.userId };
    await expect(fixture.identity.getSession(forged)).rejects.toEqual(failure('unauthenticated'));
    await expect(fixture.identity.deleteToken(forged, _id)).rejects.toEqual(failure('not_found'));
    await fixture.identity.signOut({ ...b.principal, sessionId: a.principal.sessionId ?? '' });
    expect(await fixture.identity.authenticate({ sessionSecret: a.secret })).toBeDefined();
  });

  it('are found again at the second start', async () => {
    const first = { id: 'demo', name: 'Demo' };
    const features = { custom_connectors: true, sdk_access: true, review_required: false };
    const made = { ...first, features, limits: { custom_connectors: null } };
    expect(await fixture.identity.ensureTenant(first)).toEqual(made);
    expect(await fixture.identity.ensureTenant({ ...first, name: 'Renamed' })).toEqual(made);
    const who = { tenantId: 'demo', email: 'admin@patchbay.local', name: 'Admin', role: 'enterprise_admin' as const };
    const user = await fixture.identity.ensureUser(who);
    expect(await fixture.identity.ensureUser(who)).toEqual(user);
    await expect(fixture.identity.ensureUser({ ...who, tenantId: 'a' })).rejects.toEqual(failure('already_exists'));
  });
});
