/** Settings of connectors (config): merged, sealed, masked, and each tenant's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConnectorSettingsReader } from '@patchbay/registry';
import type { Answer } from '../server/server-harness.ts';
import { fieldsOf, refusalOf, startAuthoring, type Authoring } from './authoring.ts';
import { seedBody, weatherBody } from './connector-bodies.ts';
import { must } from './lifecycle-fixture.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
});
afterAll(() => on.stop());

const configOf = async (id: string): Promise<unknown> => (await on.view(id))['config'];
/** The config with its secrets, as a call gets it. */
const opened = async (id: string, tenantId = on.tenant.id): Promise<unknown> => {
  const { database, keyring } = on.server.modules;
  const slug = (await on.view(id))['slug'] as string;
  return createConnectorSettingsReader(database.connection, keyring).read(tenantId, slug);
};

/** Every row of every table as text. */
async function wholeDatabase(): Promise<string> {
  const db = on.server.modules.database.connection;
  const tables = (await db('pg_tables').where({ schemaname: 'public' }).pluck('tablename')) as string[];
  const rows = await Promise.all(tables.map(async (table) => [table, (await db(table)) as unknown] as const));
  return JSON.stringify(rows);
}

const nested = {
  url: 'https://example.com',
  password: 'planted-1',
  deep: { api_key: 'planted-2', list: [{ name: 'a', access_key: 'planted-3' }, 'plain'] },
  private_key: { pem: 'planted-4' },
  refresh_token: ['planted-5'],
  client_secret: 'planted-6',
  connection_uri: 'postgres://user:planted-7@db.example/name',
  token_url: 'https://auth.example.com/token',
  page_size: 500,
};

describe('config', () => {
  it('CO-12 takes any object', async () => {
    expect(await configOf(await on.make({ name: 'Any', config: { a: { b: [1, null, { c: true }] } } }))).toEqual({
      a: { b: [1, null, { c: true }] },
    });
    expect(fieldsOf(await on.create({ name: 'No', config: 'text' }))).toEqual(['/config']);
  });

  it('CO-23 CO-34 masks what its key says is secret, at any depth, and keeps the rest', async () => {
    const id = await on.make({ name: 'Nested', config: nested });
    const masked = {
      ...nested,
      password: '******',
      deep: { api_key: '******', list: [{ name: 'a', access_key: '******' }, 'plain'] },
      private_key: '******',
      refresh_token: '******',
      client_secret: '******',
      connection_uri: 'postgres://******@db.example/name',
    };
    expect(await configOf(id)).toEqual(masked);
    const search = await on.server.call('searchConnectors', { token: on.author, query: { query: 'nested' } });
    const exported = await on.server.call('exportConnector', { token: on.author, params: { id } });
    const version = await on.server.call('getConnectorVersion', { token: on.author, params: { id, version: '1.0.0' } });
    for (const answer of [search, exported, version]) {
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toContain('planted');
      expect(JSON.stringify(answer.body)).toContain('******');
    }
    expect(await opened(id)).toEqual(nested);
  });

  it('DI-26 5.15 stores no secret in the open', async () => {
    await on.make({ name: 'Stored', config: { ...nested, token: 'planted-by-this-test' } });
    expect(await wholeDatabase()).not.toContain('planted');
  });

  it('CO-26 merges: what is not named stays, null removes, the stored secret still works', async () => {
    const id = await on.make({ ...seedBody, name: 'Merging' });
    await on.put(id, { config: { depth: { a: 1, b: 2 } } });
    await on.put(id, { config: { depth: { b: null, c: 3 }, repos: ['x'] } });
    expect(await configOf(id)).toEqual({ token: '******', repos: ['x'], depth: { a: 1, c: 3 } });
    expect(await opened(id)).toMatchObject({ token: 'ghp_xxxxxxxxxxxx' });
  });

  it('5.16 what was masked and comes back is kept', async () => {
    const id = await on.make({ name: 'Round Trip', config: nested });
    const shown = (await configOf(id)) as object;
    expect((await on.put(id, { config: shown })).status).toBe(200);
    expect(await opened(id)).toEqual(nested);
    expect((await on.put(id, { name: 'Round Trip', config: shown }, { replace: 'true' })).status).toBe(200);
    expect(await opened(id)).toEqual(nested);
    await on.put(id, { config: { ...shown, password: 'new-1' } });
    expect(await opened(id)).toEqual({ ...nested, password: 'new-1' });
  });

  it('5.16 secrets follow their item when a list is put in another order', async () => {
    const hosts = [
      { host: 'a', token: 'secret-of-a' },
      { host: 'b', token: 'secret-of-b' },
    ];
    const id = await on.make({ name: 'Listed', config: { hosts } });
    const { hosts: shown } = (await configOf(id)) as { hosts: object[] };
    await on.put(id, { config: { hosts: shown.toReversed() } });
    expect(await opened(id)).toEqual({ hosts: hosts.toReversed() });
  });

  it('5.16 a mask without a stored value is refused, never stored', async () => {
    const id = await on.make({ name: 'Nothing Stored', config: { repos: ['x'] } });
    const answers: Answer[] = [
      await on.put(id, { config: { token: '******' } }),
      await on.put(id, { name: 'x', config: { token: '******' } }, { replace: 'true' }),
      await on.put(id, { config: { uri: 'https://******@host/' } }),
      await on.create({ name: 'New', config: { token: '******' } }),
    ];
    for (const answer of answers) expect(refusalOf(answer)).toEqual([400, 'validation_error']);
    expect(fieldsOf(answers[0] as Answer)).toEqual(['/config/token']);
    expect(await configOf(id)).toEqual({ repos: ['x'] });
  });

  it('nobody brings a sealed value along', async () => {
    const config = { token: { $sealed: 'v1.mine', shown: 'x' } };
    expect(refusalOf(await on.create({ name: 'Forged', config }))).toEqual([400, 'validation_error']);
  });

  it('CO-27 replace without config takes it away', async () => {
    const id = await on.make({ ...seedBody, name: 'Emptied' });
    await on.put(id, { name: 'Emptied' }, { replace: 'true' });
    expect([await configOf(id), await opened(id)]).toEqual([undefined, {}]);
  });
});

describe('the end', () => {
  it('CO-28 secrets go with the connector', async () => {
    const id = await on.make({ ...weatherBody, name: 'Ending', config: { token: 'gone' } });
    await must(on.server, on.author, { route: 'readyConnector', id });
    expect((await on.remove(id)).status).toBe(200);
    const db = on.server.modules.database.connection;
    expect(await db('connector_settings').where({ connector_id: id })).toEqual([]);
  });
});

describe('whose they are', () => {
  it('5.15 every tenant has its own, also of a built-in connector', async () => {
    const other = await on.server.makeTenant('Other');
    const put = (token: string, config: object): Promise<Answer> =>
      on.server.call('updateConnector', { token, params: { id: 'worldbank' }, body: { config } });
    const ours = await put(on.author, { token: 'ours' });
    expect(ours.status, JSON.stringify(ours.body)).toBe(200);
    expect((await put(other.tokens.enterprise_admin, { region: 'theirs' })).status).toBe(200);
    expect(await configOf('worldbank')).toEqual({ token: '******' });
    const theirs = await on.get('worldbank', other.tokens.viewer);
    expect((theirs.body._source as { config: unknown }).config).toEqual({ region: 'theirs' });
    expect(await opened('worldbank', other.id)).toEqual({ region: 'theirs' });
    expect(theirs.body._source).toMatchObject({ updated_by: 'patchbay', revision: 1 });
    for (const token of [on.tenant.tokens.developer, on.tenant.tokens.viewer]) {
      expect(refusalOf(await put(token, { a: 1 }))).toEqual([403, 'forbidden_role']);
      const nothing = await on.server.call('updateConnector', { token, params: { id: 'worldbank' }, body: {} });
      expect(refusalOf(nothing)).toEqual([403, 'forbidden_role']);
    }
  });

  it('ZO-21 client id and secret of the connector are settings', async () => {
    const auth_scheme = {
      ...{ type: 'oauth2', held_by: 'connector', grant_type: 'client_credentials' },
      token_url: 'https://auth.example.com/token',
    };
    const id = await on.make({ ...weatherBody, name: 'Held', auth_scheme, config: { client_id: 'app' } });
    const refused = await on.server.call('readyConnector', { token: on.author, params: { id }, body: {} });
    expect([...refusalOf(refused), refused.body.error.details]).toEqual([
      422,
      'auth_details_incomplete',
      expect.objectContaining({ missing: ['client_secret'] }),
    ]);
    await on.put(id, { config: { client_secret: 'planted-8' } });
    await must(on.server, on.author, { route: 'readyConnector', id });
    expect(await configOf(id)).toEqual({ client_id: 'app', client_secret: '******' });
  });
});
