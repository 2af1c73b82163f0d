/** The test of one operation in the builder: real calls to ext, credentials that are kept nowhere. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { callsAs, field, secret, weatherOperation, type CallsFixture } from './calls-fixture.ts';
import { sendJson, startExt, type ExtServer } from './ext-server.ts';

/** Planted where a person types them, looked for everywhere else. */
const planted = {
  api_key: 'planted-api-key-91f7d3',
  client_secret: 'planted-client-secret-44a0',
  token: 'planted-access-7c21',
};

const logLines: string[] = [];
let server: ServerHarness;
let tenant: TestTenant;
let other: TestTenant;
let ext: ExtServer;
let admin: CallsFixture;

beforeAll(async () => {
  ext = await startExt();
  server = await startServerHarness({ logLines });
  tenant = await server.makeTenant('Testers');
  other = await server.makeTenant('Strangers');
  admin = callsAs(server, tenant.tokens.enterprise_admin);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await ext.close();
});
beforeEach(() => ext.reset());

const keyAuth = {
  type: 'api_key',
  credential_schema: [secret('api_key')],
  parameters: [{ key: 'X-API-Key', location: 'header' }],
};
const responseSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    main: { type: 'object', properties: { temp: { type: 'number' }, humidity: { type: 'integer' } } },
  },
};
const weather = (auth_scheme: object, more: object = {}): object => ({
  base_url: ext.url,
  auth_scheme,
  operations: [
    { ...weatherOperation, response_schema: responseSchema },
    { name: 'other', display_name: 'Other', method: 'GET', path: '/other' },
  ],
  ...more,
});
const run = (id: string, more: object = {}, by = admin): Promise<Answer> =>
  by.post('testConnector', id, { operation: weatherOperation.name, input: { q: 'London' }, ...more });
const results = async (id: string): Promise<Record<string, unknown>[]> =>
  server.modules.database.connection('connector_test_results').where({ connector_id: id });

describe('a test', () => {
  it('DI-67 DI-69 DI-70 calls one operation of a draft without a connection and shows the response', async () => {
    const { id } = await admin.makeDraft(weather(keyAuth));
    ext.answer = (call, response) =>
      sendJson(response.setHeader('x-kind', 'test'), {
        name: 'London',
        main: { humidity: 80 },
        key: call.headers['x-api-key'],
      });
    const { status, body } = await run(id, { credentials: { api_key: planted.api_key } });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      ok: true,
      status: 200,
      headers: { 'x-kind': 'test' },
      body: { name: 'London', main: { humidity: 80 }, key: '******' },
      schema_valid: true,
      mocked: false,
      request: { method: 'GET', headers: { 'X-API-Key': '******' } },
    });
    expect((body as { duration_ms?: number }).duration_ms).toBeGreaterThan(0);
    expect(ext.seen.map(({ path, headers }) => [path, headers['x-api-key']])).toEqual([
      ['/data/2.5/weather', planted.api_key],
    ]);
    expect(await results(id)).toMatchObject([{ operation: weatherOperation.name, is_passed: true }]);
  });

  it('DI-49 finds where the answer does not fit the schema, and still shows the answer', async () => {
    const { id } = await admin.makeDraft(weather({ type: 'none' }));
    ext.answer = (_call, response) => sendJson(response, { name: 'London', main: { humidity: 'x' } });
    const { body } = await run(id);
    expect(body).toMatchObject({
      ok: false,
      schema_valid: false,
      schema_problems: [{ path: '/main/humidity' }],
      body: { main: { humidity: 'x' } },
    });
    expect(await results(id)).toMatchObject([{ is_passed: false }]);
  });

  it('shows the answer of a failure; it is no passed test, and is not held against the schema', async () => {
    const { id } = await admin.makeDraft(weather({ type: 'none' }));
    ext.answer = (_call, response) => sendJson(response, { message: 'no such city' }, 404);
    const { status, body } = await run(id);
    expect([status, body]).toMatchObject([
      200,
      { ok: false, status: 404, body: { message: 'no such city' }, error: { code: 'remote_not_found' } },
    ]);
    expect(body).not.toHaveProperty('schema_valid');
    const unreachable = await admin.makeDraft(weather({ type: 'none' }, { base_url: 'http://127.0.0.1:1' }));
    expect((await run(unreachable.id)).body).toMatchObject({ ok: false, error: { code: 'network_error' } });
  });

  it('DI-87x takes a mock answer: ext gets no call, no credentials are needed, and nothing passes by it', async () => {
    const { id } = await admin.makeDraft(weather(keyAuth));
    const mock_response = { status: 200, body: { name: 7 } };
    const { body } = await run(id, { mock_response });
    expect(body).toMatchObject({ ok: false, mocked: true, body: { name: 7 }, schema_problems: [{ path: '/name' }] });
    expect((await run(id, { mock_response: { status: 200, body: { name: 'x' } } })).body).toMatchObject({ ok: true });
    expect(ext.seen).toHaveLength(0);
    expect(await results(id)).toEqual([]);
  });

  it('DI-68 needs the credentials of the schema; type none needs none', async () => {
    const { id } = await admin.makeDraft(weather(keyAuth));
    const refused = await run(id);
    expect([refused.status, refused.body.error]).toMatchObject([
      422,
      { code: 'credentials_incomplete', details: { missing: ['api_key'] } },
    ]);
    expect(ext.seen).toHaveLength(0);
    expect((await run((await admin.makeDraft(weather({ type: 'none' }))).id)).body).toMatchObject({ ok: true });
  });

  it('DI-42 DI-43 DI-46 names the parameter that does not fit, before any call', async () => {
    const { id } = await admin.makeDraft(weather({ type: 'none' }));
    for (const input of [{}, { q: 7 }]) {
      const refused = await run(id, { input });
      expect([refused.status, refused.body.error]).toMatchObject([
        400,
        { code: 'validation_error', details: { fields: [{ path: '/input/q' }] } },
      ]);
    }
    expect((await run(id, { operation: 'nope' })).body.error.code).toBe('operation_unknown');
    expect(ext.seen).toHaveLength(0);
  });

  it('works in ready and published, on what is being edited', async () => {
    const { id } = await admin.makeReady(weather({ type: 'none' }));
    expect((await run(id)).body).toMatchObject({ ok: true });
    expect((await run(id, { operation: 'other', input: {} })).body).toMatchObject({ ok: true });
    const published = await admin.post('publishConnector', id, { visibility: 'enterprise', confirm: true });
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    const token = tenant.tokens.enterprise_admin;
    const operations = [{ ...weatherOperation, path: '/pending' }];
    const edited = await server.call('updateConnector', { token, params: { id }, body: { operations } });
    expect(edited.status, JSON.stringify(edited.body)).toBe(200);
    expect((await run(id)).body).toMatchObject({ ok: true });
    expect(ext.seen.at(-1)?.path).toBe('/pending');
  });

  it('is for the author only; to others a draft is not there', async () => {
    const { id } = await admin.makeDraft(weather({ type: 'none' }));
    const as = (token: string) => run(id, {}, callsAs(server, token));
    expect((await as(other.tokens.enterprise_admin)).status).toBe(404);
    expect((await as(tenant.tokens.developer)).status).toBe(404);
    await admin.post('readyConnector', id);
    expect((await as(tenant.tokens.developer)).body.error.code).toBe('forbidden_role');
    expect((await as(tenant.tokens.viewer)).body.error.code).toBe('forbidden_role');
    expect(ext.seen).toHaveLength(0);
  });
});

describe('OAuth2 in a test', () => {
  const oauth = (more: object): object => ({
    type: 'oauth2',
    credential_schema: [
      field('client_id'),
      secret('client_secret'),
      field('token_url', { default: `${ext.url}/token` }),
    ],
    oauth_scopes: ['read', 'write'],
    ...more,
  });

  it('DI-32 fetches a token by client credentials for the one call', async () => {
    const { id } = await admin.makeDraft(weather(oauth({ grant_type: 'client_credentials' })));
    ext.answer = ({ path }, response) =>
      sendJson(response, path === '/token' ? { access_token: planted.token, token_type: 'bearer' } : { name: 'x' });
    const credentials = { client_id: 'me', client_secret: planted.client_secret };
    const { body } = await run(id, { credentials });
    expect(body, JSON.stringify(body)).toMatchObject({ ok: true });
    expect(ext.seen.map(({ path, body: sent, headers }) => [path, sent || headers.authorization])).toEqual([
      ['/token', expect.stringContaining('grant_type=client_credentials') as string],
      ['/data/2.5/weather', `Bearer ${planted.token}`],
    ]);
    expect(new URLSearchParams(ext.seen[0]?.body).get('scope')).toBe('read write');
    ext.reset();
    expect((await run(id, { credentials, input: {} })).status).toBe(400);
    expect((await run(id, { credentials: { client_id: 'me' } })).body.error.details).toEqual({
      missing: ['client_secret'],
    });
    expect(ext.seen).toHaveLength(0);
  });

  it('shows why the server refused, without the secret it was sent', async () => {
    const { id } = await admin.makeDraft(weather(oauth({ grant_type: 'client_credentials' })));
    ext.answer = (call, response) => sendJson(response, { error: 'invalid_scope', error_description: call.body }, 400);
    const { status, body } = await run(id, { credentials: { client_id: 'me', client_secret: planted.client_secret } });
    expect([status, body]).toMatchObject([200, { ok: false, error: { code: 'authentication_failed' } }]);
    expect(JSON.stringify(body)).not.toContain(planted.client_secret);
  });

  it('takes an access token where a person would have to agree, and says so when there is none', async () => {
    const scheme = oauth({ grant_type: 'authorization_code', authorize_url: `${ext.url}/authorize` });
    const { id } = await admin.makeDraft(weather(scheme));
    expect((await run(id)).body.error).toMatchObject({
      code: 'credentials_incomplete',
      details: { missing: ['access_token'] },
    });
    expect((await run(id, { credentials: { access_token: planted.token } })).body).toMatchObject({ ok: true });
    expect(ext.seen[0]?.headers.authorization).toBe(`Bearer ${planted.token}`);
  });
});

/** Everything that PostgreSQL holds, as text. */
async function dumpServer(): Promise<string> {
  const dumps: string[] = [];
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of rows) {
    const { rows: lines } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
    dumps.push(...lines.map(({ line }) => line));
  }
  await client.end();
  return dumps.join('\n');
}

it('DI-68 afterwards the credentials are in no table and no log, and nothing went to Temporal', async () => {
  const { count } = await server.modules.temporal.client.workflow.count(`WorkflowId STARTS_WITH '${tenant.id}'`);
  expect(count).toBe(0);
  const dump = await dumpServer();
  expect(dump).toContain(weatherOperation.name);
  expect(logLines.join('\n')).toContain('_test');
  for (const value of Object.values(planted)) {
    expect(dump).not.toContain(value);
    expect(dump).not.toContain(Buffer.from(value).toString('base64'));
    expect(logLines.join('\n')).not.toContain(value);
  }
});
