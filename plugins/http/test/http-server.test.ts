import {
  failureOf,
  packageDirOf,
  startConnector,
  startHttpStub,
  type ConnectorHarness,
  type StubRemote,
} from '@patchbay/connector-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector } from '../src/index.ts';

let harness: ConnectorHarness;
let server: StubRemote;

beforeAll(async () => {
  harness = await startConnector(connector, packageDirOf(import.meta.url));
  server = await startHttpStub((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (path === '/text') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('plain');
    } else if (path === '/image') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([1, 2, 3]));
    } else if (path === '/nothing') {
      response.writeHead(204).end();
    } else if (path === '/missing') {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no such order"}');
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    }
  });
});

afterAll(async () => {
  await harness.close();
  await server.close();
});

describe('the http connector against a real HTTP server', () => {
  it('sends method, headers, query and JSON body', async () => {
    const { output, call } = await harness.invoke('request', {
      method: 'PUT',
      url: `${server.url}/orders?a=1#frag`,
      query: { b: 'x y', c: 2, d: true },
      headers: { 'X-Trace': 't' },
      body: { sku: 'A1' },
    });
    expect(server.requests.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/orders?a=1&b=x+y&c=2&d=true',
      headers: { 'x-trace': 't', 'content-type': 'application/json' },
      body: '{"sku":"A1"}',
    });
    expect(output).toMatchObject({ status: 200, body: { ok: true }, bodyEncoding: 'json' });
    expect(call).toMatchObject({ method: 'PUT', status: 200, requestBytes: 12, responseBytes: 11 });
  });

  it('sends a text as it stands when the content type is given', async () => {
    const headers = { 'content-type': 'application/xml' };
    await harness.invoke('request', { url: `${server.url}/xml`, headers, body: '<a/>' });
    expect(server.requests.at(-1)).toMatchObject({ body: '<a/>', headers });
  });

  it.each([
    ['/text', 'plain', 'text'],
    ['/image', 'AQID', 'base64'],
    ['/nothing', null, 'empty'],
  ])('reads %s', async (path, body, bodyEncoding) => {
    expect((await harness.invoke('get', { url: server.url + path })).output).toMatchObject({ body, bodyEncoding });
  });

  it('takes a status as an answer when the step accepts it', async () => {
    const input = { url: `${server.url}/missing` };
    const error = await failureOf(harness.invoke('get', input));
    expect([error.code, error.message]).toEqual(['remote_not_found', expect.stringContaining('no such order')]);
    expect((await harness.invoke('get', { ...input, acceptStatuses: [404] })).output).toMatchObject({ status: 404 });
  });

  it('sends the same idempotency key with every attempt', async () => {
    const input = { url: `${server.url}/pay`, body: { amount: 1 } };
    await harness.invoke('requestWithKey', input, { idempotencyKey: 'k-1' });
    await harness.invoke('requestWithKey', { ...input, keyHeader: 'X-Request-Id' }, { idempotencyKey: 'k-1' });
    expect(
      server.requests.slice(-2).map(({ headers }) => headers['idempotency-key'] ?? headers['x-request-id']),
    ).toEqual(['k-1', 'k-1']);
  });

  it('resolves a path against the base URL of the connection', async () => {
    const connection = { authType: 'none' as const, config: { base_url: `${server.url}/v2/` } };
    await harness.invoke('get', { url: '/orders', query: { page: 2 } }, { connection });
    expect(server.requests.at(-1)?.url).toBe('/v2/orders?page=2');
  });

  it.each(['not a url', 'http://', 'file:///etc/passwd', 'http://169.254.169.254/latest', 'http://u:p@127.0.0.1/'])(
    'refuses the address %s',
    async (url) => {
      const { code } = await failureOf(harness.invoke('get', { url }));
      expect(['operation_input_invalid', 'egress_forbidden']).toContain(code);
    },
  );

  it('adds less than 3 ms to a call', async () => {
    const input = { url: `${server.url}/fast` };
    for (let warm = 0; warm < 50; warm += 1) await harness.invoke('get', input);
    const times: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      const startedAt = performance.now();
      await harness.invoke('get', input);
      times.push(performance.now() - startedAt);
    }
    const median = times.toSorted((left, right) => left - right)[100] ?? Number.NaN;
    // Generous for a loaded machine; an idle one needs about 1 ms.
    expect(median).toBeLessThan(10);
  });
});
