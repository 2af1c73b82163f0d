import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type Role, type RouteDefinition, type RouteId } from '@patchbay/api-contract';
import { errorCodes } from '@patchbay/errors';
import {
  greetingDocument,
  startServerHarness,
  type Call,
  type ServerHarness,
  type TestTenant,
} from './server-harness.ts';

let server: ServerHarness;
let mine: TestTenant;
let other: TestTenant;
/** Ids of things of the first tenant. */
let ids: Record<'flow' | 'run' | 'connection' | 'user' | 'token' | 'tenant', string>;

const allRoutes = Object.entries(routes) as [RouteId, RouteDefinition][];
const ofTenant = allRoutes.filter(
  ([, route]) => route.path[1].includes(':id') && !/^\/(connector|marketplace)\//.test(route.path[1]),
);

beforeAll(async () => {
  server = await startServerHarness();
  mine = await server.makeTenant('Mine');
  other = await server.makeTenant('Other');
  ids = await makeThings();
}, 60_000);
afterAll(() => server.stop());

async function makeThings(): Promise<typeof ids> {
  const token = mine.tokens.enterprise_admin;
  await server.modules.database.connection('connectors').first();
  const flow = await server.call('createFlow', { token, body: { document: greetingDocument('manual') } });
  await server.call('publishFlow', { token, params: { id: flow.body._id }, body: {} });
  const run = await server.call('startRun', { token, body: { flowId: flow.body._id, input: { name: 'A' } } });
  const user = await server.call('createUser', {
    token,
    body: { email: 'new@mine.example', name: 'New', role: 'viewer' },
  });
  const made = await server.call('createToken', { token, body: { name: 'mine' } });
  return {
    flow: flow.body._id,
    run: run.body._id,
    connection: 'none',
    user: user.body._id,
    token: made.body._id,
    tenant: mine.id,
  };
}

/** A call that is valid as far as the first tenant is concerned. */
function validCall(route: RouteDefinition): Call {
  const [, path] = route.path;
  const thing = /^\/(\w+)\//.exec(path)?.[1] ?? '';
  return {
    params: { id: ids[thing as keyof typeof ids], number: 1, version: '1.0.0' },
    ...(path.endsWith('_step') && !path.includes('_test') && { query: { path: 'greet' } }),
    ...(route.body && { body: bodyFor(path) }),
    ...(route.needsRevision && { headers: { 'if-match': '*' } }),
  };
}

/** Valid bodies by the end of the path; others need none. */
const bodies: Readonly<Record<string, unknown>> = {
  '/flow/:id': { document: greetingDocument('manual') },
  _test_step: { step: 'greet' },
  _invoke: { operation: 'any' },
  '/branch': { name: 'any' },
  _checkout: { branch: 'any' },
  '/api_version': { version: '1.0.0', source_ref: 'any' },
  ':version/_publish': { visibility: 'enterprise' },
};

function bodyFor(path: string): unknown {
  return Object.entries(bodies).find(([end]) => path.endsWith(end))?.[1] ?? {};
}

describe('tenant isolation', () => {
  it.each(ofTenant)('%s gives 404 to another tenant', async (id, route) => {
    const call = validCall(route);
    const answer = await server.call(id, { ...call, token: other.tokens.enterprise_admin });
    expect([answer.status, answer.body]).toMatchObject([404, { status: 404 }]);
  });

  it('shows no list entry of another tenant', async () => {
    for (const id of ['searchFlows', 'searchRuns', 'searchConnections'] as const) {
      const answer = await server.call(id, { token: other.tokens.enterprise_admin });
      expect([id, answer.body]).toMatchObject([id, { hits: { total: { value: 0 }, hits: [] } }]);
    }
    const users = await server.call('searchUsers', { token: other.tokens.enterprise_admin });
    expect(JSON.stringify(users.body)).not.toContain(mine.id.toLowerCase());
  });

  it('leaves the things of the first tenant as they were', async () => {
    const flow = await server.call('getFlow', { token: mine.tokens.viewer, params: { id: ids.flow } });
    expect(flow.body._source).toMatchObject({ revision: 1, state: 'live' });
  });
});

describe('access', () => {
  const restricted = allRoutes.filter(([, route]) => route.access !== 'public');

  it.each(restricted)('%s answers 401 without credentials and with bad ones', async (id, route) => {
    const call = validCall(route);
    expect((await server.call(id, call)).status).toBe(401);
    expect((await server.call(id, { ...call, token: 'pb_000000000000_nonsense' })).status).toBe(401);
  });

  it.each(restricted)('%s refuses every role that may not', async (id, route) => {
    const allowed = route.access === 'signed-in' ? undefined : (route.access as readonly Role[]);
    for (const [role, token] of Object.entries(mine.tokens) as [Role, string][]) {
      if (allowed?.includes(role) ?? true) continue;
      const answer = await server.call(id, { ...validCall(route), token });
      expect([role, answer.status, answer.body.error.code]).toEqual([role, 403, 'forbidden_role']);
    }
  });

  it('hides the address of a webhook from those who may not edit', async () => {
    const token = mine.tokens.developer;
    const { body } = await server.call('createFlow', {
      token,
      body: { document: greetingDocument({ auth: 'secret' }) },
    });
    const params = { id: body._id };
    expect((await server.call('getFlow', { token, params })).body._source).toMatchObject({
      webhook: { auth: 'secret', secret: expect.any(String) as string },
    });
    expect((await server.call('getFlow', { token: mine.tokens.viewer, params })).body._source).not.toHaveProperty(
      'webhook',
    );
  });
});

describe('a session cookie', () => {
  it('signs in by link, writes only from its own origin, and ends at sign-out', async () => {
    const user = await server.modules.identity.ensureUser({
      tenantId: mine.id,
      email: 'link@mine.example',
      name: 'L',
      role: 'developer',
    });
    const linkToken = await server.modules.identity.issueSignInLink({ tenantId: mine.id, userId: user.id });
    const signedIn = await server.call('signInByLink', { body: { token: linkToken } });
    const cookie = String(signedIn.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    expect((await server.call('getSession', { headers: session })).status).toBe(200);
    const foreign = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await server.call('createFlow', {
        headers: { ...session, ...headers },
        body: {},
      });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden_origin']);
    }
    const own = { ...session, 'sec-fetch-site': 'same-origin' };
    expect((await server.call('createFlow', { headers: own, body: {} })).status).toBe(200);
    expect((await server.call('signOut', { headers: own })).status).toBe(200);
    expect((await server.call('getSession', { headers: session })).status).toBe(401);
    expect((await server.call('signInByLink', { body: { token: linkToken } })).status).toBe(401);
  });

  it('is not shared with a name that was rebound to this machine', async () => {
    const answer = await server.call('getSession', { headers: { host: 'evil.example' }, token: mine.tokens.viewer });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden_origin']);
  });
});

describe('revisions', () => {
  it('are asked for, compared, and may be overwritten', async () => {
    const token = mine.tokens.developer;
    const document = greetingDocument('manual');
    const { body } = await server.call('createFlow', { token, body: { document } });
    const save = (headers: Record<string, string>) =>
      server.call('updateFlow', { token, params: { id: body._id }, body: { document }, headers });
    expect((await save({})).body.error.code).toBe('revision_required');
    expect((await save({ 'if-match': 'x' })).body.error.code).toBe('validation_error');
    expect((await save({ 'if-match': '"1"' })).body.revision).toBe(2);
    const conflict = await save({ 'if-match': 'W/"1"' });
    expect([conflict.status, conflict.body.error]).toMatchObject([
      409,
      { code: 'revision_conflict', details: { revision: 2 } },
    ]);
    expect((await save({ 'if-match': '*' })).body.revision).toBe(3);
    expect((await server.call('getFlow', { token, params: { id: body._id } })).headers['etag']).toBe('"3"');
  });

  it('let exactly one of two simultaneous saves win', async () => {
    const token = mine.tokens.developer;
    const document = greetingDocument('manual');
    const { body } = await server.call('createFlow', { token, body: { document } });
    const save = () =>
      server.call('updateFlow', {
        token,
        params: { id: body._id },
        body: { document },
        headers: { 'if-match': '"1"' },
      });
    const statuses = (await Promise.all([save(), save(), save()])).map((answer) => answer.status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
  });
});

describe('flows', () => {
  it('go out as JSON and YAML and come back the same', async () => {
    const token = mine.tokens.developer;
    const texts: Record<string, string> = {};
    for (const format of ['json', 'yaml'] as const) {
      const exported = await server.call('exportFlow', { token, params: { id: ids.flow }, query: { format } });
      const { text } = exported.body as unknown as { text: string };
      const imported = await server.call('importFlow', { token, body: { text, format } });
      const again = await server.call('exportFlow', {
        token,
        params: { id: imported.body._id },
        query: { format: 'json' },
      });
      texts[format] = (again.body as unknown as { text: string }).text;
    }
    expect(texts['json']).toBe(texts['yaml']);
  });

  it('cannot be published with a problem, and say which', async () => {
    const token = mine.tokens.developer;
    const document = greetingDocument('manual');
    document.steps['greet'] = { key: 'greet', title: 'Greet', kind: 'transform', output: { formula: 'nobody.name' } };
    const { body } = await server.call('createFlow', { token, body: { document } });
    const checked = await server.call('validateFlow', { token, params: { id: body._id } });
    expect(checked.body).toMatchObject({
      valid: false,
      issues: [{ severity: 'warning' }, { severity: 'error', step: 'greet' }],
    });
    const published = await server.call('publishFlow', { token, params: { id: body._id }, body: {} });
    expect([published.status, published.body.error]).toMatchObject([
      422,
      { code: 'flow_invalid', details: { issues: [{ step: 'answer' }, { step: 'greet' }] } },
    ]);
    expect((await server.call('enableFlow', { token, params: { id: body._id } })).body.error.code).toBe(
      'flow_not_published',
    );
  });

  it('show their state, versions and history, and can be deleted', async () => {
    const token = mine.tokens.developer;
    const document = greetingDocument('manual');
    const { body } = await server.call('createFlow', { token, body: { document, name: 'Stateful' } });
    const params = { id: body._id };
    const state = async () =>
      (await server.call('searchFlows', { token, query: { query: 'Stateful' } })).body as unknown as {
        hits: { hits: { _source: { state: string; history: unknown[] } }[] };
      };
    expect((await state()).hits.hits[0]?._source).toMatchObject({ state: 'draft' });
    await server.call('publishFlow', { token, params, body: { note: 'one' } });
    const moved = { ...document, name: 'Stateful', layout: { positions: { greet: { x: 8, y: 8 } } } };
    await server.call('updateFlow', { token, params, body: { document: moved }, headers: { 'if-match': '*' } });
    expect((await state()).hits.hits[0]?._source.state).toBe('live');
    await server.call('updateFlow', {
      token,
      params,
      body: { document: { ...moved, description: 'new' } },
      headers: { 'if-match': '*' },
    });
    expect((await state()).hits.hits[0]?._source).toMatchObject({
      state: 'live_with_changes',
      history: { length: 14 },
    });
    await server.call('publishFlow', { token, params, body: { note: 'two' } });
    const versions = await server.call('searchFlowVersions', { token, params });
    expect(versions.body).toMatchObject({
      hits: {
        total: { value: 2 },
        hits: [{ _source: { number: 2, note: 'two', isLive: true } }, { _source: { number: 1, isLive: false } }],
      },
    });
    expect(
      (await server.call('getFlowVersion', { token, params: { ...params, number: 1 } })).body._source,
    ).toMatchObject({ number: 1, document: { name: 'Stateful' } });
    await server.call('disableFlow', { token, params });
    expect((await state()).hits.hits[0]?._source.state).toBe('off');
    expect((await server.call('deleteFlow', { token, params })).body).toMatchObject({ result: 'deleted' });
    expect((await server.call('getFlow', { token, params })).status).toBe(404);
  });
});

describe('the edges of HTTP', () => {
  const token = () => mine.tokens.developer;
  const raw = (options: {
    method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
    url: string;
    headers?: Record<string, string>;
    payload?: string;
  }) =>
    server.app.inject({
      method: 'GET',
      ...options,
      headers: { authorization: `Bearer ${token()}`, ...options.headers },
    });

  it.each([
    ['/nowhere', 'GET', 'not_found'],
    ['/run/', 'DELETE', 'method_not_allowed'],
    [`/flow/x/_publish`, 'GET', 'method_not_allowed'],
    ['/%zz', 'GET', 'not_found'],
  ] as const)('%s with %s is %s', async (url, method, code) => {
    const response = await raw({ url, method });
    expect([response.statusCode, response.json()]).toMatchObject([404, { error: { code } }]);
  });

  it('tells bad JSON, a wrong type, a large body and deep nesting', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (payload: string, headers: Record<string, string> = json) =>
      raw({ method: 'POST', url: '/flow/', headers, payload });
    expect((await post('{')).json()).toMatchObject({ status: 400, error: { code: 'malformed_json' } });
    expect((await post('a=1', { 'content-type': 'text/plain' })).json()).toMatchObject({
      error: { code: 'unsupported_media_type' },
    });
    expect((await post(JSON.stringify({ name: 'x'.repeat(3_000_000) }))).json()).toMatchObject({ status: 413 });
    expect((await post(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).json()).toMatchObject({
      status: 400,
      error: { code: 'validation_error' },
    });
    expect((await post('{"name":"a","zzz":1,"trigger":5}')).json()).toMatchObject({
      error: { details: { fields: { length: 2 } } },
    });
  });

  it('describes itself in OpenAPI 3.1 with every route', async () => {
    const response = await server.app.inject({ url: '/openapi.json' });
    const document = response.json<{
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    );
    expect(operations.sort()).toEqual(Object.keys(routes).sort());
    expect((await server.app.inject({ url: '/docs/' })).statusCode).toBe(200);
  });

  it('answers for its health and its metrics', async () => {
    expect((await server.app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
    expect((await server.app.inject({ url: '/readyz' })).json()).toMatchObject({
      status: 'ready',
      database: 'ok',
      temporal: 'ok',
      worker: 'down',
    });
    const metrics = await server.app.inject({ url: '/metrics' });
    expect(metrics.body).toMatch(
      /patchbay_http_request_seconds_count\{method="GET",route="\/healthz",status="200"\} \d/,
    );
  });

  it('names only codes that exist', () => {
    for (const [, route] of allRoutes) for (const code of route.errors) expect(errorCodes).toHaveProperty(code);
  });
});
