import type { ConnectorManifestInput } from '@patchbay/manifest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, failureOf, memoryLog } from '../../test/call-fixture.ts';
import { sendJson, startStubServer, type StubServer } from '../../test/stub-server.ts';
import { createDeclarativeRunner, type DeclarativeCall, type DeclarativeRunner } from './index.ts';

const secret = 'S3cret-Value-1';
const log = memoryLog();
let server: StubServer;
let runner: DeclarativeRunner;

beforeAll(async () => {
  server = await startStubServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    if (url.pathname === '/big') response.end('x'.repeat(5_000));
    else if (url.pathname === '/away') response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
    else if (url.pathname === '/hang') return;
    else sendJson(response, Number(url.searchParams.get('status') ?? 200), { said: `key ${secret}`, humidity: 'x' });
  });
  runner = createDeclarativeRunner({ egress: { allow: ['127.0.0.1'] }, log });
});

afterAll(async () => {
  await runner.close();
  await server.close();
});

beforeEach(() => {
  server.seen.length = 0;
});

type AuthInput = ConnectorManifestInput['auth'][number];
const keyAuth: AuthInput = {
  type: 'api_key',
  fields: [{ name: 'api_key', label: 'Key', type: 'password', sensitive: true }],
  parameter: 'X-API-Key',
  location: 'header',
};

function aTest(overrides: Partial<DeclarativeCall> & { auth?: AuthInput; path?: string } = {}): DeclarativeCall {
  const { auth = keyAuth, path = '/data', ...call } = overrides;
  const manifest = aManifest({
    baseUrl: server.url,
    auth: [auth],
    operations: [
      {
        name: 'op',
        title: 'Op',
        effect: 'read',
        input: { type: 'object', properties: { n: { type: 'integer' }, status: { type: 'integer' } } },
        output: { type: 'object', properties: { humidity: { type: 'number' } } },
        request: {
          method: 'GET',
          path,
          parameters: [
            { name: 'n', location: 'query' },
            { name: 'status', location: 'query' },
          ],
        },
      },
    ],
  });
  const signal = new AbortController().signal;
  return { manifest, operation: 'op', input: {}, credentials: { api_key: secret }, timeoutMs: 2_000, signal, ...call };
}

describe('a call', () => {
  it('answers with request, status, headers, body and where it does not fit the schema, secrets masked', async () => {
    const answer = await runner.call(aTest());
    expect(server.seen[0]?.headers['x-api-key']).toBe(secret);
    expect(answer).toMatchObject({
      request: { method: 'GET', url: `${server.url}/data`, headers: { 'X-API-Key': '******' } },
      status: 200,
      body: { said: 'key ******', humidity: 'x' },
      outputProblems: [{ path: '/humidity' }],
    });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.stringify([answer, log.lines])).not.toContain(secret);
  });

  it('answers with the body of a failure too', async () => {
    const answer = await runner.call(aTest({ input: { status: 503 } }));
    expect(answer).toMatchObject({ status: 503, body: { humidity: 'x' }, outputProblems: [] });
    expect(answer.error?.code).toBe('remote_unavailable');
  });

  it('tells a timeout, a forbidden address and a dead server apart', async () => {
    expect((await runner.call(aTest({ path: '/hang', timeoutMs: 150 }))).error?.code).toBe('operation_timeout');
    expect((await runner.call(aTest({ path: '/away' }))).error?.code).toBe('egress_forbidden');
    const nowhere = aTest();
    const dead = { ...nowhere, manifest: { ...nowhere.manifest, baseUrl: 'http://127.0.0.1:1' } };
    expect((await runner.call(dead)).error?.code).toBe('network_error');
  });

  it('throws what is wrong before anything is sent', async () => {
    expect((await failureOf(runner.call(aTest({ input: { n: 1.5 } })))).code).toBe('operation_input_invalid');
    expect((await failureOf(runner.call(aTest({ credentials: {} })))).code).toBe('credentials_incomplete');
    expect((await failureOf(runner.call(aTest({ operation: 'none' })))).code).toBe('operation_unknown');
    expect(server.seen).toHaveLength(0);
  });

  it('sends the token of an oauth2 scheme as bearer and masks it', async () => {
    const auth: AuthInput = { type: 'oauth2', grantType: 'client_credentials', tokenUrl: `${server.url}/token` };
    const answer = await runner.call(aTest({ auth, credentials: { access_token: secret } }));
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${secret}`);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect((await failureOf(runner.call(aTest({ auth, credentials: {} })))).code).toBe('credentials_incomplete');
  });
});

describe('plain HTTP', () => {
  it('fetches a text and refuses what is too large, private or no success', async () => {
    const url = (path: string): string => `${server.url}${path}`;
    expect(await runner.fetchText(url('/data'), { maxBytes: 1_000 })).toContain('humidity');
    expect((await failureOf(runner.fetchText(url('/big'), { maxBytes: 100 }))).code).toBe('response_too_large');
    expect((await failureOf(runner.fetchText(url('/away'), { maxBytes: 100 }))).code).toBe('egress_forbidden');
    expect((await failureOf(runner.fetchText(url('/?status=404'), { maxBytes: 1_000 }))).code).toBe('network_error');
    expect((await failureOf(runner.fetchText('http://10.1.2.3/', { maxBytes: 100 }))).code).toBe('egress_forbidden');
    expect((await failureOf(runner.fetchText('file:///etc/passwd', { maxBytes: 9 }))).code).toBe('egress_forbidden');
    expect((await failureOf(runner.fetchText('nonsense', { maxBytes: 9 }))).code).toBe('network_error');
  });

  it('posts a form and gives every status back', async () => {
    const answer = await runner.postForm({ url: `${server.url}/token?status=400`, form: { scope: 'read write' } });
    expect(answer.status).toBe(400);
    expect(server.seen[0]).toMatchObject({ method: 'POST', body: 'scope=read+write' });
    expect((await runner.postForm({ url: `${server.url}/away`, form: {} })).status).toBe(302);
    const hanging = runner.postForm({ url: `${server.url}/hang`, form: {}, timeoutMs: 150 });
    expect((await failureOf(hanging)).code).toBe('operation_timeout');
  });
});
