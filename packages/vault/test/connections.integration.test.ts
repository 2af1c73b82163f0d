import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { secretMask } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { createConnectionDirectory, createCredentialReader } from '../src/index.ts';
import { aManifest, createVaultFixture, dumpDatabase, type VaultFixture } from './vault-fixture.ts';

let fixture: VaultFixture;
const actor = { tenantId: 'a', userId: 'user-a' };
const stranger = { tenantId: 'b', userId: 'user-b' };
const page = { from: 0, size: 20 };
const planted = ['planted-password-1', 'planted-password-2', 'planted-key-3', 'planted-userinfo-4'];

beforeAll(async () => {
  fixture = await createVaultFixture(inject('databaseUrl'));
});

afterAll(() => fixture.close());

let counter = 0;
const aConnection = async (over: Record<string, unknown> = {}): Promise<string> => {
  counter += 1;
  const body = {
    name: `Connection ${String(counter)}`,
    connector: 'crm',
    authType: 'basic',
    credentials: { username: 'ada', password: planted[0] ?? '' },
    ...over,
  };
  return (await fixture.vault.createConnection(actor, body))._id;
};
const view = async (id: string) => (await fixture.vault.getConnection('a', id))._source;
const failure = (code: string, details?: unknown): unknown =>
  expect.objectContaining(details === undefined ? { code } : { code, details });
const stored = (id: string) =>
  createCredentialReader(fixture.database, fixture.keyring)
    .read('a', id)
    .then((read) => read.credentials);

describe('creating a connection', () => {
  it('CO-23 CO-34 shows what is no secret and masks the rest', async () => {
    const id = await aConnection({ name: 'Masked' });
    expect(await view(id)).toMatchObject({
      id,
      revision: 1,
      name: 'Masked',
      connector: { slug: 'crm', name: 'The crm' },
      authType: 'basic',
      credentials: { username: 'ada', password: secretMask, region: 'eu' },
      enabled: true,
      authorization: 'authorized',
      health: 'unchecked',
      usedBy: [],
    });
    const found = await fixture.vault.searchConnections('a', { ...page, query: 'masked' });
    expect(found.hits).toMatchObject({ total: { value: 1, relation: 'eq' }, hits: [{ _id: id }] });
    expect(JSON.stringify(found)).not.toContain(planted[0]);
  });

  it('DI-25 refuses missing required fields by name', async () => {
    await expect(aConnection({ credentials: { region: 'us' } })).rejects.toEqual(
      failure('credentials_incomplete', { missing: ['username', 'password'] }),
    );
    await expect(aConnection({ credentials: { username: 'ada', password: '' } })).rejects.toEqual(
      failure('credentials_incomplete', { missing: ['password'] }),
    );
  });

  it('DI-31 uses the default of a field that was left empty', async () => {
    const id = await aConnection({ credentials: { username: 'ada', password: 'pw', region: '' } });
    expect(await stored(id)).toEqual({ username: 'ada', password: 'pw', region: 'eu' });
  });

  it.each([
    ['a field that does not exist', { credentials: { username: 'a', password: 'b', nope: 'c' } }, '/credentials/nope'],
    ['the mask as a new secret', { credentials: { username: 'a', password: secretMask } }, '/credentials/password'],
    ['a way to sign in that is not offered', { authType: 'bearer' }, '/authType'],
    [
      'a prototype key',
      { credentials: JSON.parse('{"__proto__":"x","username":"a","password":"b"}') },
      '/credentials/__proto__',
    ],
  ])('refuses %s', async (_, over, path) => {
    const error: unknown = await aConnection(over as Record<string, unknown>).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'validation_error', details: { fields: [{ path }] } });
  });

  it('finds the way to sign in by the fields that were filled', async () => {
    const byKey = await aConnection({ authType: undefined, credentials: { api_key: planted[2] } });
    expect(await view(byKey)).toMatchObject({ authType: 'api_key', credentials: { api_key: secretMask } });
    const open = await aConnection({ authType: undefined, credentials: {} });
    expect(await view(open)).toMatchObject({ authType: 'none', credentials: {} });
  });

  it('refuses an unknown connector, a disabled one, a taken name and NUL', async () => {
    fixture.manifests.set('switched-off', aManifest('switched-off'));
    await expect(aConnection({ connector: 'nowhere' })).rejects.toEqual(failure('connector_not_found'));
    await expect(aConnection({ connector: 'switched-off' })).rejects.toEqual(failure('connector_disabled'));
    await aConnection({ name: 'Taken' });
    await expect(aConnection({ name: 'tAKEN' })).rejects.toEqual(failure('already_exists'));
    await expect(aConnection({ name: 'a\0b' })).rejects.toEqual(failure('validation_error'));
  });
});

describe('changing a connection', () => {
  const update = (id: string, body: Record<string, unknown>, revision: number | '*' = '*') =>
    fixture.vault.updateConnection(actor, { id, body, revision });

  it('keeps what is absent or masked, changes what was typed, removes what was emptied', async () => {
    const id = await aConnection({ credentials: { username: 'ada', password: planted[0], url: 'https://x.example' } });
    await update(id, { credentials: { username: 'eve', password: secretMask } });
    expect(await stored(id)).toEqual({ username: 'eve', password: planted[0], url: 'https://x.example', region: 'eu' });
    await update(id, { credentials: { password: planted[1], url: '' } });
    expect(await stored(id)).toEqual({ username: 'eve', password: planted[1], region: 'eu' });
    await update(id, { name: `Renamed ${id}`, enabled: false });
    expect(await view(id)).toMatchObject({ name: `Renamed ${id}`, enabled: false, revision: 4 });
    expect(await stored(id)).toMatchObject({ password: planted[1] });
  });

  it('masks user info inside an address and keeps it when the mask comes back', async () => {
    const url = `postgres://root:${planted[3] ?? ''}@db.example:5432/x`;
    const id = await aConnection({ credentials: { username: 'ada', password: 'pw-1', url } });
    const shown = (await view(id)).credentials.url ?? '';
    expect(shown).toBe(`postgres://${secretMask}@db.example:5432/x`);
    await update(id, { credentials: { url: shown } });
    expect((await stored(id)).url).toBe(url);
    const other = update(id, { credentials: { url: shown.replace('db.example', 'evil.example') } });
    await expect(other).rejects.toEqual(failure('validation_error', expect.anything()));
  });

  it('refuses an old revision, a required field without a value, and is not lost by two at once', async () => {
    const id = await aConnection();
    await expect(update(id, { name: 'x' }, 7)).rejects.toEqual(failure('revision_conflict', { revision: 1 }));
    await expect(update(id, { credentials: { username: '' } })).rejects.toMatchObject({
      code: 'credentials_incomplete',
    });
    const both = await Promise.allSettled([update(id, { enabled: false }, 1), update(id, { name: `N ${id}` }, 1)]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    const all = await Promise.all([1, 2, 3, 4].map((n) => update(id, { name: `N ${id} ${String(n)}` })));
    expect(all.map((each) => each.revision).sort()).toEqual([3, 4, 5, 6]);
  });

  it('K8 deletes only what no flow uses', async () => {
    const id = await aConnection();
    const use = { flowId: 'f1', flowName: 'Order intake', step: 'mail' };
    fixture.uses.set(id, [use]);
    expect((await view(id)).usedBy).toEqual([use]);
    await expect(fixture.vault.deleteConnection(actor, id)).rejects.toEqual(
      failure('connection_in_use', { usedBy: [use] }),
    );
    fixture.uses.delete(id);
    expect(await fixture.vault.deleteConnection(actor, id)).toEqual({ _id: id, result: 'deleted' });
    await expect(view(id)).rejects.toEqual(failure('connection_not_found'));
  });
});

describe('testing a connection', () => {
  it('runs the test operation on a worker and remembers what it found, without the secrets in it', async () => {
    const id = await aConnection();
    fixture.answer = async () => Promise.resolve({ ok: true, durationMs: 12 });
    expect(await fixture.vault.testConnection(actor, id)).toMatchObject({ health: 'healthy', durationMs: 12 });
    expect(fixture.tests.at(-1)).toEqual({
      tenantId: 'a',
      slug: 'crm',
      version: '1.2.3',
      operation: 'ping',
      connectionId: id,
      input: {},
    });
    const message = `password ${planted[0] ?? ''}\0 refused`;
    fixture.answer = async () =>
      Promise.resolve({ ok: false, durationMs: 1, error: { code: 'remote_unauthorized', message } });
    expect(await fixture.vault.testConnection(actor, id)).toMatchObject({
      health: 'offline',
      code: 'remote_unauthorized',
    });
    expect(await view(id)).toMatchObject({
      health: 'offline',
      healthMessage: `password ${secretMask} refused`,
      revision: 1,
    });
    await fixture.vault.updateConnection(actor, { id, body: { credentials: { password: 'new-one' } }, revision: 1 });
    const after = await view(id);
    expect(after).toMatchObject({ health: 'unchecked' });
    expect(after).not.toHaveProperty('healthMessage');
  });

  it('leaves the health alone when no worker answers, and refuses a disabled connection', async () => {
    const id = await aConnection();
    fixture.answer = async () => Promise.reject(new AppError('service_unavailable'));
    await expect(fixture.vault.testConnection(actor, id)).rejects.toEqual(failure('service_unavailable'));
    expect(await view(id)).toMatchObject({ health: 'unchecked' });
    await fixture.vault.updateConnection(actor, { id, body: { enabled: false }, revision: 1 });
    await expect(fixture.vault.testConnection(actor, id)).rejects.toEqual(failure('connection_disabled'));
  });
});

describe('connections to fix', () => {
  it('are those of the tenant that were found offline', async () => {
    const before = await fixture.vault.countConnectionsToFix('a');
    const id = await aConnection();
    expect(await fixture.vault.countConnectionsToFix('a')).toBe(before);
    fixture.answer = async () => Promise.resolve({ ok: false, durationMs: 1 });
    await fixture.vault.testConnection(actor, id);
    expect(await fixture.vault.countConnectionsToFix('a')).toBe(before + 1);
    expect(await fixture.vault.countConnectionsToFix('b')).toBe(0);
  });
});

describe('what workers and flows see', () => {
  it('is the entry without credentials, and the credentials only through the reader, which notes the use', async () => {
    const id = await aConnection({ name: 'Entry' });
    const directory = createConnectionDirectory(fixture.database.connection);
    const entry = { id, name: 'Entry', connectorSlug: 'crm', authType: 'basic', enabled: true };
    expect(await directory.find('a', id)).toEqual(entry);
    expect(await view(id)).not.toHaveProperty('lastUsed');
    const reader = createCredentialReader(fixture.database, fixture.keyring);
    expect(await reader.read('a', id)).toMatchObject({
      connectionId: id,
      enabled: true,
      credentials: { username: 'ada' },
    });
    expect(await view(id)).toHaveProperty('lastUsed');
  });

  it('cannot be a credential that was copied into another row', async () => {
    const [mine, other] = [await aConnection(), await aConnection()];
    await fixture.database.connection.raw(
      'update connections set credentials = (select credentials from connections where id = ?) where id = ?',
      [mine, other],
    );
    await expect(stored(other)).rejects.toEqual(failure('secret_unreadable'));
    await fixture.database.connection('connections').where({ id: other }).delete();
  });
});

describe('tenants', () => {
  it('never see, change, test or delete each other’s connections', async () => {
    const id = await aConnection({ name: 'Private' });
    const missing = failure('connection_not_found');
    const asked = fixture.tests.length;
    await expect(fixture.vault.getConnection('b', id)).rejects.toEqual(missing);
    await expect(fixture.vault.deleteConnection(stranger, id)).rejects.toEqual(missing);
    await expect(fixture.vault.testConnection(stranger, id)).rejects.toEqual(missing);
    await expect(
      fixture.vault.updateConnection(stranger, { id, body: { name: 'Mine' }, revision: '*' }),
    ).rejects.toEqual(missing);
    await expect(createCredentialReader(fixture.database, fixture.keyring).read('b', id)).rejects.toEqual(missing);
    expect(await createConnectionDirectory(fixture.database.connection).find('b', id)).toBeUndefined();
    expect((await fixture.vault.searchConnections('b', page)).hits.total.value).toBe(0);
    expect(fixture.tests).toHaveLength(asked);
    const body = { name: 'Private', connector: 'crm', credentials: {} };
    expect(await fixture.vault.createConnection(stranger, body)).toMatchObject({ result: 'created' });
    expect(await view(id)).toMatchObject({ name: 'Private', revision: 1 });
  });
});

describe('searching', () => {
  it('filters by connector and text, pages, sorts, and refuses an unknown order', async () => {
    fixture.manifests.set('erp', aManifest('erp'));
    for (const name of ['Z % one', 'Y two', 'X three']) await aConnection({ name, connector: 'erp' });
    const search = async (query: object) =>
      (await fixture.vault.searchConnections('a', { ...page, ...query })).hits.hits.map((hit) => hit._source.name);
    expect(await search({ connector: 'erp' })).toEqual(['X three', 'Y two', 'Z % one']);
    expect(await search({ connector: 'erp', sort: '-name', size: 2 })).toEqual(['Z % one', 'Y two']);
    expect(await search({ connector: 'erp', from: 2 })).toEqual(['Z % one']);
    expect(await search({ query: '%' })).toEqual(['Z % one']);
    await expect(search({ sort: 'credentials' })).rejects.toEqual(failure('validation_error', expect.anything()));
  });
});

describe('a field with a name that every object knows', () => {
  it('is a field like any other', async () => {
    const fields = [{ name: 'constructor', label: 'C', type: 'password' as const, required: true, sensitive: true }];
    fixture.manifests.set('odd', aManifest('odd', [{ type: 'custom', fields }]));
    const id = await aConnection({ connector: 'odd', authType: undefined, credentials: { constructor: planted[1] } });
    expect((await view(id)).credentials).toEqual({ constructor: secretMask });
    const body = { credentials: { constructor: secretMask } };
    await fixture.vault.updateConnection(actor, { id, body, revision: '*' });
    expect(await stored(id)).toEqual({ constructor: planted[1] });
    const empty = await aConnection({ connector: 'odd', authType: undefined, credentials: {} });
    expect((await view(empty)).authorization).toBe('unauthorized');
    const authorizing = fixture.vault.authorizeConnection(actor, { id: empty, body: { credentials: {} } });
    await expect(authorizing).rejects.toEqual(failure('credentials_incomplete', { missing: ['constructor'] }));
  });
});

describe('the database', () => {
  it('DI-26 holds none of the secrets in plain text after all of this', async () => {
    const dump = await dumpDatabase(fixture.database);
    expect(dump).toContain('v1.');
    for (const secret of [...planted, fixture.masterKey]) {
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    }
  });
});
