import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ConnectorManifestInput } from '@patchbay/manifest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aCall, aManifest, failureOf, memoryLog } from '../../test/call-fixture.ts';
import { sendJson, startStubServer, type StubServer } from '../../test/stub-server.ts';
import { createConnectorRuntime, type ConnectorRuntime, type OperationCall } from '../index.ts';

type OperationInput = ConnectorManifestInput['operations'][number];

const secret = 'S3cret/Value+1';
let server: StubServer;
let other: StubServer;
let runtime: ConnectorRuntime;

/** What the server does on paths that end so. */
const misbehaviours: Readonly<Record<string, (response: ServerResponse, url: URL) => void>> = {
  hang: () => undefined,
  big: (response) => response.end('x'.repeat(3_000_000)),
  chunked: (response) => {
    // No content-length: only counting tells that this is too much.
    response.write('x'.repeat(1_500_000));
    response.end('x'.repeat(1_500_000));
  },
  bomb: (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20_000_000))),
  reset: (response) => response.socket?.destroy(),
  redirect: (response, url) => response.writeHead(302, { location: url.searchParams.get('to') ?? '' }).end(),
  empty: (response) => response.writeHead(204).end(),
  text: (response) => response.setHeader('content-type', 'text/plain').end('plain'),
  broken: (response) => response.setHeader('content-type', 'application/json').end('{'),
};

beforeAll(async () => {
  other = await startStubServer((request, response) => sendJson(response, 200, { got: request.headers }));
  server = await startStubServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    const misbehave = misbehaviours[url.pathname.split('/').at(-1) ?? ''];
    if (misbehave !== undefined) {
      misbehave(response, url);
      return;
    }
    response.setHeader('retry-after', '2');
    const body = { message: `says ${secret}`, nested: { rows: [1] } };
    sendJson(response, Number(url.searchParams.get('status') ?? 200), body);
  });
  runtime = createConnectorRuntime({
    pluginStore: { load: () => Promise.reject(new Error('no plugins here')) },
    egress: { allow: ['127.0.0.1'] },
    limits: { maxResponseBytes: 2_000_000 },
    log: memoryLog(),
  });
});

afterAll(async () => {
  await runtime.close();
  await Promise.all([server.close(), other.close()]);
});

beforeEach(() => {
  server.seen.length = 0;
  other.seen.length = 0;
});

const text = { type: 'string' };

function operation(overrides: Partial<OperationInput> & Pick<OperationInput, 'request'>): OperationInput {
  const input = { type: 'object', properties: { q: text }, additionalProperties: false };
  return { name: 'op', title: 'Op', effect: 'read', input, output: {}, ...overrides };
}

const urlField = { name: 'url', label: 'URL', type: 'string' as const };
const passwordField = (name: string) => ({ name, label: name, type: 'password' as const });

function call(
  op: OperationInput,
  options: Partial<OperationCall> & { auth?: ConnectorManifestInput['auth']; base?: string } = {},
): OperationCall {
  const { auth, base, ...rest } = options;
  const manifest = aManifest({ operations: [op], ...(auth === undefined ? {} : { auth }) });
  const connection = { id: 'c1', config: { url: base ?? server.url } };
  return aCall({ manifest, operation: op.name, connection, ...rest });
}

const get = (path: string): OperationInput => operation({ request: { method: 'GET', path } });

describe('a declarative call', () => {
  it('DI-39 appends the path to the base URL, DI-41 puts each parameter in its place and encodes it', async () => {
    const op = operation({
      effect: 'keyed',
      input: {
        type: 'object',
        properties: {
          id: text,
          tag: { type: 'array', items: text },
          trace: text,
          name: text,
          size: { type: 'integer' },
        },
      },
      request: {
        method: 'POST',
        path: '/things/{id}',
        query: { format: 'json' },
        headers: { 'x-fixed': 'yes' },
        parameters: [
          { name: 'id', location: 'path' },
          { name: 'tag', location: 'query' },
          { name: 'trace', location: 'header', wireName: 'X-Trace' },
          { name: 'name', location: 'body' },
          { name: 'size', location: 'body' },
        ],
      },
    });
    op.input = { ...op.input, required: ['id'] };
    const input = { id: 'a/b c?', tag: ['x y', 'z'], trace: 't1', name: 'Ünï', size: 3 };
    await runtime.invoke(call(op, { input, base: `${server.url}/v1/` }));
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/v1/things/a%2Fb%20c%3F?format=json&tag=x%20y&tag=z',
      headers: { 'x-trace': 't1', 'x-fixed': 'yes', 'idempotency-key': 'key-1', 'content-type': 'application/json' },
      body: '{"name":"Ünï","size":3}',
    });
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const)('DI-38 sends %s as such', async (method) => {
    await runtime.invoke(call(operation({ request: { method, path: '/x' } })));
    expect(server.seen[0]?.method).toBe(method);
  });

  const weather = operation({
    input: { type: 'object', properties: { q: text, units: { ...text, default: 'metric' } }, required: ['q'] },
    request: {
      method: 'GET',
      path: '/data/2.5/weather',
      parameters: [
        { name: 'q', location: 'query' },
        { name: 'units', location: 'query' },
      ],
    },
  });

  it('DI-46 DI-44 the example operation sends its default', async () => {
    await runtime.invoke(call(weather, { input: { q: 'London' } }));
    expect(server.seen[0]?.url).toBe('/data/2.5/weather?q=London&units=metric');
  });

  it('DI-43 names a missing parameter before any call', async () => {
    const error = await failureOf(runtime.invoke(call(weather)));
    expect(error.code).toBe('operation_input_invalid');
    expect(error.details['problems']).toMatchObject([{ path: '/q' }]);
    expect(server.seen).toEqual([]);
  });

  it('DI-42 refuses 1.5 for an integer before any call', async () => {
    const op = operation({
      input: { type: 'object', properties: { n: { type: 'integer' } } },
      request: { method: 'GET', path: '/x', parameters: [{ name: 'n', location: 'query' }] },
    });
    const error = await failureOf(runtime.invoke(call(op, { input: { n: 1.5 } })));
    expect([error.code, (error.details['problems'] as { path: string }[])[0]?.path]).toEqual([
      'operation_input_invalid',
      '/n',
    ]);
    expect(server.seen).toEqual([]);
  });

  it.each(['..', '.', ''])('refuses the path parameter "%s"', async (id) => {
    const op = operation({
      input: { type: 'object', properties: { id: text }, required: ['id'] },
      request: { method: 'GET', path: '/a/{id}/b', parameters: [{ name: 'id', location: 'path' }] },
    });
    expect((await failureOf(runtime.invoke(call(op, { input: { id } })))).code).toBe('operation_input_invalid');
  });

  it('refuses a header value with a line break', async () => {
    const op = operation({ request: { method: 'GET', path: '/x', parameters: [{ name: 'q', location: 'header' }] } });
    const error = await failureOf(runtime.invoke(call(op, { input: { q: 'a\r\nx-evil: 1' } })));
    expect(error.code).toBe('operation_input_invalid');
  });

  it('puts the idempotency key where the template says', async () => {
    const at = (location: 'header' | 'query' | 'body') =>
      operation({ effect: 'keyed', request: { method: 'PUT', path: '/x', idempotencyKey: { location, name: 'ref' } } });
    for (const location of ['header', 'query', 'body'] as const) await runtime.invoke(call(at(location)));
    expect(server.seen.map(({ headers, url, body }) => [headers['ref'], url, body])).toEqual([
      ['key-1', '/x', ''],
      [undefined, '/x?ref=key-1', ''],
      [undefined, '/x', '{"ref":"key-1"}'],
    ]);
  });

  it('reads JSON, text and nothing, and cuts by the output pointer', async () => {
    expect((await runtime.invoke(call(get('/text')))).output).toBe('plain');
    expect((await runtime.invoke(call(get('/empty')))).output).toBeNull();
    const pointed = operation({ request: { method: 'GET', path: '/x', outputPointer: '/nested/rows' } });
    expect((await runtime.invoke(call(pointed))).output).toEqual([1]);
    const missing = operation({ request: { method: 'GET', path: '/x', outputPointer: '/nope' } });
    expect((await failureOf(runtime.invoke(call(missing)))).code).toBe('operation_output_invalid');
    expect((await failureOf(runtime.invoke(call(get('/broken'))))).code).toBe('operation_output_invalid');
  });

  it('DI-49 reports where the answer does not fit its schema, when asked', async () => {
    const op = operation({
      output: { type: 'object', properties: { message: { type: 'integer' } } },
      request: { method: 'GET', path: '/x' },
    });
    const result = await runtime.invoke(call(op, { shouldCheckOutput: true }));
    expect(result.outputProblems).toMatchObject([{ path: '/message' }]);
    expect((await runtime.invoke(call(op))).outputProblems).toBeUndefined();
  });
});

describe('authentication of a declarative call', () => {
  const apiKey = (location: 'header' | 'query', prefix = '') => [
    { type: 'api_key' as const, parameter: 'X-Key', location, prefix, fields: [urlField, passwordField('api_key')] },
  ];

  it('DI-16 none sends no Authorization header', async () => {
    await runtime.invoke(call(get('/x')));
    expect(server.seen[0]?.headers['authorization']).toBeUndefined();
  });

  it('DI-17 DI-29 API key in a header, with and without prefix, or in the query', async () => {
    const credentials = { api_key: secret };
    await runtime.invoke(call(get('/x'), { auth: apiKey('header'), credentials }));
    await runtime.invoke(call(get('/x'), { auth: apiKey('header', 'Token '), credentials }));
    await runtime.invoke(call(get('/x'), { auth: apiKey('query'), credentials }));
    expect(server.seen.map((request) => request.headers['x-key'])).toEqual([secret, `Token ${secret}`, undefined]);
    expect(new URL(server.seen[2]?.url ?? '', server.url).searchParams.get('X-Key')).toBe(secret);
  });

  it('DI-18 basic and DI-20 bearer', async () => {
    const basic = [
      { type: 'basic' as const, fields: [urlField, { ...urlField, name: 'username' }, passwordField('password')] },
    ];
    const bearer = [{ type: 'bearer' as const, fields: [urlField, passwordField('token')] }];
    await runtime.invoke(call(get('/x'), { auth: basic, credentials: { username: 'u', password: secret } }));
    await runtime.invoke(call(get('/x'), { auth: bearer, credentials: { token: secret } }));
    expect(server.seen.map((request) => request.headers['authorization'])).toEqual([
      `Basic ${Buffer.from(`u:${secret}`).toString('base64')}`,
      `Bearer ${secret}`,
    ]);
  });

  it('names a missing credential', async () => {
    const bearer = [{ type: 'bearer' as const, fields: [urlField, passwordField('token')] }];
    const connection = { id: 'c', config: { url: server.url }, authType: 'bearer' as const };
    const error = await failureOf(runtime.invoke(call(get('/x'), { auth: bearer, connection })));
    expect([error.code, error.details['missing']]).toEqual(['credentials_incomplete', ['token']]);
  });

  it('refuses a call without a connection, and one of another kind', async () => {
    const bearer = [{ type: 'bearer' as const, fields: [urlField, passwordField('token')] }];
    const { connection: _connection, ...without } = call(get('/x'), { auth: bearer });
    expect((await failureOf(runtime.invoke(without))).code).toBe('connection_required');
    const connection = { id: 'c', config: { url: server.url }, authType: 'basic' as const };
    const other = call(get('/x'), { auth: bearer, connection });
    expect((await failureOf(runtime.invoke(other))).code).toBe('connection_auth_mismatch');
    expect(server.seen).toEqual([]);
  });

  it('shows no secret in result, record or error', async () => {
    const credentials = { api_key: secret };
    const good = await runtime.invoke(call(get('/x'), { auth: apiKey('query'), credentials }));
    const statusOp = operation({ request: { method: 'GET', path: '/x', query: { status: '500' } } });
    const bad = await failureOf(runtime.invoke(call(statusOp, { auth: apiKey('header'), credentials })));
    const shown = JSON.stringify([good, bad.message, bad.details, bad.hint]);
    expect(good.call).toMatchObject({ method: 'GET', status: 200 });
    expect(bad.details['call']).toMatchObject({ status: 500, requestHeaders: { 'X-Key': '******' } });
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      expect(shown).not.toContain(form);
    }
    expect(shown).toContain('says ******');
  });
});

describe('failures of a declarative call', () => {
  it.each([
    [400, 'remote_bad_request'],
    [401, 'remote_unauthorized'],
    [403, 'remote_forbidden'],
    [404, 'remote_not_found'],
    [409, 'remote_conflict'],
    [422, 'remote_bad_request'],
    [429, 'remote_rate_limited'],
    [503, 'remote_unavailable'],
  ])('maps HTTP %i to %s', async (status, code) => {
    const op = operation({ request: { method: 'GET', path: '/x', query: { status: String(status) } } });
    const error = await failureOf(runtime.invoke(call(op)));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({ status, retryAfterMs: 2_000, call: { status } });
  });

  it('takes the error table of the operation first, also for status 200', async () => {
    const op = operation({
      errors: [{ status: 200, bodyPointer: '/message', code: 'remote_not_found', messagePointer: '/message' }],
      request: { method: 'GET', path: '/x' },
    });
    const error = await failureOf(runtime.invoke(call(op)));
    expect([error.code, error.message]).toEqual(['remote_not_found', `says ${secret}`]);
  });

  it('DI-51 ends a hanging call at its timeout', async () => {
    const error = await failureOf(runtime.invoke(call(get('/hang'), { timeoutMs: 150 })));
    expect([error.code, error.isRetryable]).toEqual(['operation_timeout', true]);
    expect(error.details).toMatchObject({ timeoutMs: 150, call: { method: 'GET' } });
  });

  it('ends at once when cancelled', async () => {
    const controller = new AbortController();
    const failure = failureOf(runtime.invoke(call(get('/hang'), { signal: controller.signal })));
    await expect.poll(() => server.seen.length, { timeout: 10_000 }).toBe(1);
    controller.abort();
    expect((await failure).code).toBe('operation_cancelled');
    expect((await failureOf(runtime.invoke(call(get('/x'), { signal: controller.signal })))).code).toBe(
      'operation_cancelled',
    );
  });

  it('tells a request that was never sent from one that may have been', async () => {
    const refused = await failureOf(runtime.invoke(call(get('/x'), { base: 'http://127.0.0.1:1' })));
    expect([refused.code, refused.details['wasSent']]).toEqual(['network_error', false]);
    const reset = await failureOf(runtime.invoke(call(get('/reset'))));
    expect([reset.code, reset.details['wasSent']]).toEqual(['network_error', true]);
  });

  it('stops reading an answer that is too large, also a compressed one', async () => {
    for (const path of ['/big', '/chunked', '/bomb']) {
      expect((await failureOf(runtime.invoke(call(get(path))))).code).toBe('response_too_large');
    }
  });

  it('refuses private addresses and hosts the manifest does not name', async () => {
    const metadata = call(get('/latest'), { base: 'http://169.254.169.254' });
    expect((await failureOf(runtime.invoke(metadata))).code).toBe('egress_forbidden');
    const manifest = aManifest({
      operations: [get('/x')],
      baseUrl: 'https://{{url}}.example.com/',
      egress: { hosts: ['*.example.com'] },
    });
    const connection = { id: 'c', config: { url: 'evil.test/' } };
    const evil = aCall({ manifest, operation: 'op', connection });
    expect((await failureOf(runtime.invoke(evil))).code).toBe('egress_forbidden');
  });
});

describe('redirects', () => {
  const redirect = (to: string) => operation({ request: { method: 'GET', path: '/redirect', query: { to } } });
  const auth = [{ type: 'bearer' as const, fields: [urlField, passwordField('token')] }];

  it('keep the credentials on the same origin and drop them across origins', async () => {
    const credentials = { token: secret };
    await runtime.invoke(call(redirect('/x'), { auth, credentials }));
    expect(server.seen[1]?.headers['authorization']).toBe(`Bearer ${secret}`);
    const away = await runtime.invoke(call(redirect(`${other.url}/y`), { auth, credentials }));
    expect(other.seen[0]?.headers['authorization']).toBeUndefined();
    expect(away.call?.url).toBe(`${other.url}/y`);
  });

  it('are checked again at every hop', async () => {
    const error = await failureOf(runtime.invoke(call(redirect('http://169.254.169.254/latest'))));
    expect(error.code).toBe('egress_forbidden');
    expect((await failureOf(runtime.invoke(call(redirect('file:///etc/passwd'))))).code).toBe('egress_forbidden');
  });

  it('end after three', async () => {
    const loop = `/redirect?to=${encodeURIComponent('/redirect?to=%2Fredirect%3Fto%3D%252Fredirect%253Fto%253D%25252Fredirect')}`;
    const error = await failureOf(runtime.invoke(call(redirect(loop))));
    expect([error.code, server.seen.length]).toEqual(['remote_bad_request', 4]);
  });
});
