/** Authentication and parameters as the external system sees them, called through connections by a worker. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RouteId } from '@patchbay/api-contract';
import { startServerHarness, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { callsAs, field, secret, weatherOperation, type CallsFixture } from './calls-fixture.ts';
import { sendJson, startExt, type ExtServer } from './ext-server.ts';

let server: ServerHarness;
let tenant: TestTenant;
let ext: ExtServer;
let admin: CallsFixture;

beforeAll(async () => {
  ext = await startExt();
  server = await startServerHarness({ withWorker: true });
  tenant = await server.makeTenant('Callers');
  admin = callsAs(server, tenant.tokens.enterprise_admin);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await ext.close();
});
beforeEach(() => ext.reset());

const weather = (auth_scheme: object, more: object = {}): object => ({ base_url: ext.url, auth_scheme, ...more });
/** Makes connector and connection, invokes once; gives what ext saw. */
async function seenWith(auth: object, credentials?: Record<string, string>) {
  const { slug } = await admin.makeReady(weather(auth));
  const answer = await admin.invoke(await admin.connected(slug, credentials));
  expect(answer.body).toMatchObject({ ok: true, status_code: 200, response: { hello: 'world' } });
  expect(ext.seen).toHaveLength(1);
  return ext.seen[0];
}

describe('authentication', () => {
  it('DI-16 none: no authorization, no key, nothing to authorize', async () => {
    const seen = await seenWith({ type: 'none' });
    expect(seen?.headers).not.toHaveProperty('authorization');
    expect(seen?.query).toEqual({ q: 'London', units: 'metric' });
  });

  it('DI-17 DI-29 API key: in a header bare or after its prefix, or in the query and not in a header', async () => {
    const api_key = (more: object, prefix = ''): object => ({
      type: 'api_key',
      credential_schema: [secret('api_key')],
      parameters: [{ key: 'X-API-Key', location: 'header', ...more }],
      key_prefix: prefix,
    });
    const bare = await seenWith(api_key({}), { api_key: 'K-12345678' });
    expect(bare?.headers['x-api-key']).toBe('K-12345678');
    ext.reset();
    const prefixed = await seenWith(api_key({}, 'Token '), { api_key: 'K-12345678' });
    expect(prefixed?.headers['x-api-key']).toBe('Token K-12345678');
    ext.reset();
    const inQuery = await seenWith(api_key({ key: 'appid', location: 'query' }), { api_key: 'K-12345678' });
    expect(inQuery?.query).toEqual({ q: 'London', units: 'metric', appid: 'K-12345678' });
    expect(JSON.stringify(inQuery?.headers)).not.toContain('K-12345678');
  });

  it('ZO-68x several API keys go each to its own place', async () => {
    const seen = await seenWith(
      {
        type: 'api_key',
        credential_schema: [secret('app'), secret('user')],
        parameters: [
          { key: 'X-App', location: 'header', field: 'app' },
          { key: 'user_key', location: 'query', field: 'user' },
        ],
      },
      { app: 'app-key-1', user: 'user-key-2' },
    );
    expect([seen?.headers['x-app'], seen?.query['user_key']]).toEqual(['app-key-1', 'user-key-2']);
  });

  it('DI-18 basic: username and password by HTTP Basic', async () => {
    const scheme = { type: 'basic', credential_schema: [field('username'), secret('password')] };
    const seen = await seenWith(scheme, { username: 'ada', password: 'l0velace:x' });
    expect(seen?.headers.authorization).toBe(`Basic ${btoa('ada:l0velace:x')}`);
  });

  it('DI-20 bearer: a static token', async () => {
    const seen = await seenWith({ type: 'bearer', credential_schema: [secret('token')] }, { token: 'static-token' });
    expect(seen?.headers.authorization).toBe('Bearer static-token');
  });

  it('DI-15 each type is accepted, another one is refused', async () => {
    for (const type of ['none', 'api_key', 'basic', 'oauth2', 'bearer'])
      await admin.makeDraft({ auth_scheme: { type, credential_schema: [] } });
    const body = { name: 'Kerberos', auth_scheme: { type: 'kerberos' } };
    const refused = await server.call('createConnector', { token: tenant.tokens.enterprise_admin, body });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'validation_error']);
  });
});

describe('credentials', () => {
  const basic = { type: 'basic', credential_schema: [field('username', { default: 'guest' }), secret('password')] };

  it('DI-25 CH-12 names the required field that is missing, and authorizes with it', async () => {
    const { slug } = await admin.makeReady(weather(basic));
    const id = await admin.connected(slug);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'unauthorized', connector_version: '1.0.0' });
    const early = await admin.invoke(id);
    expect([early.status, early.body.error.code]).toEqual([409, 'connection_required']);
    const refused = await admin.post('authorizeConnection', id, { credentials: { username: 'ada' } });
    expect([refused.status, refused.body.error]).toMatchObject([
      422,
      { code: 'credentials_incomplete', details: { missing: ['password'] } },
    ]);
    expect(ext.seen).toHaveLength(0);
    const given = await admin.post('authorizeConnection', id, { credentials: { password: 'pass-1234' } });
    expect(given.status).toBe(200);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'authorized' });
  });

  it('DI-31 a required field that was left empty takes its default', async () => {
    const { slug } = await admin.makeReady(weather(basic));
    await admin.invoke(await admin.connected(slug, { username: '', password: 'pass-1234' }));
    expect(ext.seen[0]?.headers.authorization).toBe(`Basic ${btoa('guest:pass-1234')}`);
  });

  it('DI-26 the database holds no plaintext of a sensitive value, and a password is always sensitive', async () => {
    const scheme = { type: 'bearer', credential_schema: [secret('token', { sensitive: false })] };
    const { id, slug } = await admin.makeReady(weather(scheme));
    const token = 'planted-token-5d1c88';
    const connection = await admin.connected(slug, { token });
    const call = { token: tenant.tokens.enterprise_admin, params: { id } };
    const { _source } = (await server.call('getConnector', call)).body;
    expect(_source).toMatchObject({ auth_scheme: { credential_schema: [{ name: 'token', sensitive: true }] } });
    const { rows } = await server.modules.database.connection.raw<{ rows: { row: string }[] }>(
      'select c::text as row from connections c where id = ?',
      [connection],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(token);
  });

  it('K6 K7 a revoked or disabled connection is refused before any call; the switch keeps the authorization', async () => {
    const { slug } = await admin.makeReady(weather(basic));
    const id = await admin.connected(slug, { password: 'pass-1234' });
    await admin.post('disableConnection', id);
    expect((await admin.invoke(id)).body.error.code).toBe('connection_disabled');
    await admin.post('enableConnection', id);
    expect((await admin.invoke(id)).body).toMatchObject({ ok: true });
    await admin.post('revokeConnection', id);
    expect((await admin.invoke(id)).body.error.code).toBe('connection_required');
    expect(ext.seen).toHaveLength(1);
    const call = { token: tenant.tokens.enterprise_admin, params: { id } };
    const { body } = await server.call('getConnectionReferences', call);
    expect(body).toMatchObject({ connections: [{ id, authorization: 'revoked', places: [] }], components: [] });
  });
});

describe('a connector that may not be called (4.2)', () => {
  it('ZO-03 refuses the call with its code, the connection says so with the date and the link, and ext gets none', async () => {
    const { id, slug } = await admin.makeReady(weather({ type: 'none' }));
    const connection = await admin.connected(slug);
    await admin.post('testConnector', id, { operation: weatherOperation.name, input: { q: 'Rome' } });
    await admin.post('publishConnector', id, { visibility: 'enterprise', confirm: true });
    ext.reset();
    const version = (route: RouteId, body: object = {}) =>
      server.call(route, { token: tenant.tokens.enterprise_admin, params: { id, version: '1.0.0' }, body });
    expect((await version('blockVersion')).status).toBe(200);
    expect((await admin.invoke(connection)).body.error.code).toBe('version_blocked');
    expect(await admin.viewConnection(connection)).toMatchObject({ connector_notice: { code: 'version_blocked' } });
    await version('unblockVersion');
    const off = await admin.post('disableConnector', id, { disable_connections: true });
    expect(off.status, JSON.stringify(off.body)).toBe(200);
    expect((await admin.invoke(connection)).body.error.code).toBe('connection_disabled');
    expect((await admin.post('enableConnection', connection)).body.error.code).toBe('connector_disabled');
    await admin.post('enableConnector', id);
    await admin.post('enableConnection', connection);
    const deprecation = { sunset_at: '2099-01-01T00:00:00.000Z', link: 'https://example.com/move' };
    await version('deprecateVersion', deprecation);
    expect(await admin.viewConnection(connection)).toMatchObject({
      connector_notice: {
        code: 'version_deprecated',
        deprecation: { since: expect.any(String) as string, ...deprecation },
      },
    });
    expect((await admin.invoke(connection)).body).toMatchObject({ ok: true });
    expect(ext.seen).toHaveLength(1);
  });
});

describe('parameters', () => {
  const none = { type: 'none' };
  const operation = (more: object): object => ({ name: 'op', display_name: 'Op', method: 'GET', path: '/', ...more });
  async function invokeOf(more: object, input: object, base = ext.url) {
    const { slug } = await admin.makeReady({ base_url: base, auth_scheme: none, operations: [operation(more)] });
    return admin.invoke(await admin.connected(slug), input, 'op');
  }

  it('DI-39 DI-40 DI-41 base and path are joined, each parameter is seen in its place under its name', async () => {
    const answer = await invokeOf(
      {
        method: 'POST',
        path: '/data/{id}',
        parameters: [
          { name: 'id', location: 'path', required: true },
          { name: 'exact_Name', location: 'query' },
          { name: 'X-Trace', location: 'header' },
          { name: 'amount', location: 'body', type: 'number' },
        ],
      },
      { id: 'a/b c', exact_Name: 'yes', 'X-Trace': 't-1', amount: 2.5 },
      `${ext.url}/v1`,
    );
    expect(answer.body).toMatchObject({ ok: true });
    expect(ext.seen[0]).toMatchObject({
      method: 'POST',
      path: '/v1/data/a%2Fb%20c',
      query: { exact_Name: 'yes' },
      headers: { 'x-trace': 't-1' },
      body: '{"amount":2.5}',
    });
  });

  it('DI-42 DI-43 a wrong type or a missing parameter is named, and ext gets no call', async () => {
    const parameters = [{ name: 'n', location: 'query', type: 'integer', required: true }];
    for (const input of [{ n: 1.5 }, {}]) {
      const answer = await invokeOf({ parameters }, input);
      expect([answer.status, answer.body.error]).toMatchObject([
        400,
        { code: 'validation_error', details: { fields: [{ path: '/input/n' }] } },
      ]);
    }
    expect(ext.seen).toHaveLength(0);
  });

  it('DI-44 DI-46 the operation of the seed: q is required, units has its default', async () => {
    const { slug } = await admin.makeReady(weather(none));
    const id = await admin.connected(slug);
    await admin.invoke(id, { q: 'London' });
    expect(ext.seen[0]?.query).toEqual({ q: 'London', units: 'metric' });
    const refused = await admin.invoke(id, {});
    expect([refused.status, refused.body.error]).toMatchObject([400, { details: { fields: [{ path: '/input/q' }] } }]);
    expect(ext.seen).toHaveLength(1);
    const both = [{ name: 'q', location: 'query', required: true, default: 'x' }];
    const body = { name: 'Default', operations: [{ ...weatherOperation, parameters: both }] };
    const draft = await server.call('createConnector', { token: tenant.tokens.enterprise_admin, body });
    expect([draft.status, draft.body.error.code]).toEqual([400, 'validation_error']);
  });
});

describe('the answer', () => {
  it('DI-100x has status, headers and body; a failure of ext is no failure of the request, and secrets are masked', async () => {
    const { slug } = await admin.makeReady(weather({ type: 'bearer', credential_schema: [secret('token')] }));
    const id = await admin.connected(slug, { token: 'planted-secret-77' });
    ext.answer = (call, response) =>
      sendJson(response.setHeader('x-kind', 'test'), { got: call.headers.authorization });
    const good = await admin.invoke(id);
    expect(good.body).toMatchObject({ ok: true, headers: { 'x-kind': 'test' }, response: { got: 'Bearer ******' } });
    expect((good.body as { duration_ms?: number }).duration_ms).toBeGreaterThan(0);
    ext.answer = (call, response) => sendJson(response, { message: `no ${String(call.headers.authorization)}` }, 403);
    const bad = await admin.invoke(id);
    expect([bad.status, bad.body]).toMatchObject([
      200,
      { ok: false, status_code: 403, error: { code: 'remote_forbidden' } },
    ]);
    expect(JSON.stringify([good.body, bad.body])).not.toContain('planted-secret-77');
  });

  it('DI-72 ZO-43 a connection is possible once the connector is published or ready, for its audience', async () => {
    const { id, slug } = await admin.makeDraft(weather({ type: 'none' }));
    const developer = callsAs(server, tenant.tokens.developer);
    const draft = await developer.connect(slug);
    expect([draft.status, draft.body.error.code]).toEqual([404, 'connector_not_found']);
    expect((await admin.connect(slug)).body.error.code).toBe('connector_not_ready');
    const tested = await admin.post('testConnector', id, { operation: weatherOperation.name, input: { q: 'Rome' } });
    expect(tested.body).toMatchObject({ ok: true });
    await admin.post('readyConnector', id);
    expect((await admin.connect(slug)).status).toBe(200);
    const published = await admin.post('publishConnector', id, { visibility: 'enterprise', confirm: true });
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    expect((await developer.connect(slug)).status).toBe(200);
  });
});
