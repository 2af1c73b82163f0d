import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConnectorManifestInput } from '@patchbay/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCall, aManifest, failureOf, memoryLog } from '../../test/call-fixture.ts';
import { sendJson, startStubServer, type StubServer } from '../../test/stub-server.ts';
import { createConnectorRuntime, type ConnectorRuntime, type OperationCall, type RuntimeLimits } from '../index.ts';

const entryUrl = new URL('../../test/fixtures/hostile/index.mjs', import.meta.url).href;
const pluginStore = { load: () => Promise.resolve({ entryUrl }) };
const password = 'Planted-Secret/42';
const log = memoryLog();
let server: StubServer;
let runtime: ConnectorRuntime;

const field = (name: string, type: 'string' | 'password' = 'string') => ({ name, label: name, type, required: false });
const customAuth: ConnectorManifestInput['auth'] = [
  { type: 'custom', fields: [field('host'), field('port'), field('password', 'password')] },
];

function call(
  operation: string,
  options: Partial<OperationCall> & { auth?: ConnectorManifestInput['auth'] } = {},
): OperationCall {
  const { auth = customAuth, ...rest } = options;
  const manifest = aManifest({
    runtime: 'node',
    entry: './index.mjs',
    baseUrl: undefined,
    auth,
    operations: [{ name: operation, title: operation, effect: 'read', input: { type: 'object' }, output: {} }],
  });
  const connection = { id: 'c', config: auth === customAuth ? { host: '127.0.0.1' } : {} };
  return aCall({ manifest, operation, credentials: { password }, connection, ...rest });
}

const outputOf = async (operation: string, options: Parameters<typeof call>[1] = {}): Promise<unknown> =>
  (await runtime.invoke(call(operation, options))).output;

function makeRuntime(limits: Partial<RuntimeLimits> = {}): ConnectorRuntime {
  return createConnectorRuntime({
    pluginStore,
    egress: { allow: ['127.0.0.1'] },
    limits: { maxResponseBytes: 1_000_000, hostMemoryMb: 64, killGraceMs: 200, ...limits },
    log,
  });
}

beforeAll(async () => {
  server = await startStubServer((request, response) =>
    sendJson(response, 200, { headers: request.headers, url: request.url }),
  );
  runtime = makeRuntime();
});

afterAll(async () => {
  await runtime.close();
  await server.close();
});

describe('a plugin host', () => {
  it('runs an operation with the credentials of its connection', async () => {
    expect(await outputOf('echo', { input: { a: 1 }, credentials: { host: '127.0.0.1' } })).toEqual({
      input: { a: 1 },
      credentials: { host: '127.0.0.1' },
      key: 'key-1',
    });
  });

  it('gives exactly six things to an operation', async () => {
    expect(await outputOf('contextKeys')).toEqual([
      'credentials',
      'fetch',
      'heartbeat',
      'idempotencyKey',
      'log',
      'signal',
    ]);
  });

  it('has one process per tenant', async () => {
    const first = await outputOf('pid');
    expect(await outputOf('pid')).toBe(first);
    expect(await outputOf('pid', { tenantId: 'tenant-2' })).not.toBe(first);
  });

  it('passes heartbeats on', async () => {
    let beats = 0;
    await runtime.invoke(call('heartbeat', { onHeartbeat: () => (beats += 1) }));
    expect(beats).toBe(3);
  });

  it('ends an idle process', async () => {
    const short = makeRuntime({ idleHostMs: 50 });
    const pid = (await short.invoke(call('pid'))).output as number;
    await expect.poll(() => existsSync(`/proc/${String(pid)}`), { timeout: 10_000 }).toBe(false);
    await short.close();
  });

  it('makes room for a new tenant by ending the process idle longest, and says so when all are busy', async () => {
    const small = makeRuntime({ maxHosts: 1 });
    const first = (await small.invoke(call('pid'))).output;
    expect((await small.invoke(call('pid', { tenantId: 'tenant-2' }))).output).not.toBe(first);
    const controller = new AbortController();
    const busy = failureOf(small.invoke(call('ignoreAbort', { tenantId: 'tenant-2', signal: controller.signal })));
    await Promise.resolve();
    await expect
      .poll(async () => (await failureOf(small.invoke(call('pid')))).code, { timeout: 10_000 })
      .toBe('service_unavailable');
    controller.abort();
    expect((await busy).code).toBe('operation_cancelled');
    await small.close();
  });

  it('leaves no process behind when it closes', async () => {
    const short = makeRuntime();
    const pid = (await short.invoke(call('pid'))).output as number;
    await short.close();
    expect(existsSync(`/proc/${String(pid)}`)).toBe(false);
  });
});

describe('fetch of a plugin', () => {
  const apiKey: ConnectorManifestInput['auth'] = [
    {
      type: 'api_key',
      parameter: 'X-Key',
      location: 'header',
      fields: [{ ...field('api_key', 'password'), required: true }, field('base_url')],
    },
  ];

  it('adds the credentials, which the plugin itself never sees', async () => {
    const options = { auth: apiKey, credentials: { api_key: password }, input: { url: `${server.url}/a` } };
    const result = await runtime.invoke(call('fetch', options));
    expect(server.seen.at(-1)?.headers['x-key']).toBe(password);
    expect(JSON.stringify(result)).not.toContain(password);
    expect(result.call).toMatchObject({ method: 'GET', status: 200, url: `${server.url}/a` });
    expect(await outputOf('echo', options)).toMatchObject({ credentials: {} });
  });

  it('resolves paths against the base URL and keeps the credentials there', async () => {
    const connection = { id: 'c', config: { base_url: `${server.url}/v1` } };
    const options = { auth: apiKey, credentials: { api_key: password }, connection };
    await outputOf('fetch', { ...options, input: { url: '/a?b=1' } });
    expect(server.seen.at(-1)).toMatchObject({ url: '/v1/a?b=1', headers: { 'x-key': password } });
    await outputOf('fetch', { ...options, input: { url: `${server.url.replace('127.0.0.1', 'localhost')}/a` } }).catch(
      () => null,
    );
    await outputOf('fetch', {
      ...options,
      connection: { id: 'c', config: { base_url: 'http://127.0.0.1:1' } },
      input: { url: `${server.url}/other` },
    });
    expect(server.seen.at(-1)?.url).toBe('/other');
    expect(server.seen.at(-1)?.headers['x-key']).toBeUndefined();
  });

  it('refuses private addresses', async () => {
    for (const url of ['http://169.254.169.254/', 'http://[::1]:1/', 'http://10.0.0.1/']) {
      expect((await failureOf(runtime.invoke(call('fetch', { input: { url } })))).code).toBe('egress_forbidden');
    }
  });

  it('tells that nothing listens', async () => {
    const error = await failureOf(runtime.invoke(call('fetch', { input: { url: 'http://127.0.0.1:1/' } })));
    expect([error.code, error.details['wasSent']]).toEqual(['network_error', false]);
  });
});

describe('a hostile plugin', () => {
  it('finds an empty environment', async () => {
    expect(await outputOf('environment')).toEqual({ TZ: 'UTC' });
  });

  it.each([
    ['readFile', '/etc/passwd'],
    ['readFile', '/proc/self/environ'],
    ['readFile', `/proc/${String(process.pid)}/environ`],
    ['readFile', '/proc/self/mem'],
    ['readFile', fileURLToPath(new URL('../../../../package.json', import.meta.url))],
    ['listDir', '/'],
    ['listDir', '/tmp'],
    ['writeFile', '/tmp/patchbay-hostile'],
    ['writeFile', fileURLToPath(entryUrl)],
    ['spawn', ''],
    ['worker', ''],
    ['wasi', ''],
    ['inspector', ''],
  ])('is refused %s %s', async (operation, path) => {
    expect(await outputOf(operation, { input: { path } })).toEqual({ refused: 'ERR_ACCESS_DENIED' });
  });

  it('cannot reach the internal bindings', async () => {
    expect(await outputOf('binding')).toHaveProperty('refused');
  });

  it('floods no log', async () => {
    const before = log.lines.length;
    await outputOf('bigLog');
    const added = log.lines.slice(before);
    expect(added.length).toBe(100);
    expect(Math.max(...added.map((line) => line.length))).toBeLessThan(9_000);
  });

  it('leaks no secret into log, result or error', async () => {
    const result = await runtime.invoke(call('logSecret'));
    const error = await failureOf(runtime.invoke(call('throwSecret')));
    expect(error.code).toBe('operation_failed');
    expect(error.message).toBe('cannot use ******');
    expect(result.output).toEqual({ echoed: '<******>' });
    expect(JSON.stringify([log.lines, result, error.message, error.details, error.cause])).not.toContain(password);
    expect(log.lines.join()).toContain('the password is ******');
  });

  it('cannot speak in the name of Patchbay', async () => {
    expect((await failureOf(runtime.invoke(call('fakeCode')))).code).toBe('operation_failed');
    expect((await failureOf(runtime.invoke(call('throwOddly')))).message).toBe('odd');
  });

  it('cannot return more than allowed', async () => {
    expect((await failureOf(runtime.invoke(call('bigOutput')))).code).toBe('response_too_large');
  });

  it('is ended when it loops, and the next call works', async () => {
    const error = await failureOf(runtime.invoke(call('loop', { timeoutMs: 1_000 })));
    expect(error.code).toBe('operation_timeout');
    await expect.poll(() => outputOf('pid').catch(() => 'gone'), { timeout: 10_000 }).toEqual(expect.any(Number));
  });

  it('takes its neighbours down with plugin_crashed, not with a hang', async () => {
    const own = makeRuntime();
    await own.invoke(call('pid'));
    const neighbour = failureOf(own.invoke(call('ignoreAbort', { timeoutMs: 60_000 })));
    await failureOf(own.invoke(call('loop', { timeoutMs: 300 })));
    expect((await neighbour).code).toBe('plugin_crashed');
    await own.close();
  });

  it('cannot outlive its timeout by ignoring the signal, and does not end its host by that', async () => {
    const pid = await outputOf('pid');
    expect((await failureOf(runtime.invoke(call('ignoreAbort', { timeoutMs: 100 })))).code).toBe('operation_timeout');
    expect(await outputOf('pid')).toBe(pid);
  });

  it.each(['exit', 'rejectLater'])('is reported as crashed: %s', async (operation) => {
    const error = await failureOf(runtime.invoke(call(operation)));
    expect([error.code, error.isRetryable]).toEqual(['plugin_crashed', true]);
  });

  it('is ended when it takes too much memory', async () => {
    const error = await failureOf(runtime.invoke(call('allocate', { timeoutMs: 20_000 })));
    expect([error.code, error.details['isOutOfMemory']]).toEqual(['plugin_crashed', true]);
  });

  it.each(['forgeJunk', 'forgeType', 'forgeHuge'])('is ended when it breaks the protocol: %s', async (operation) => {
    expect((await failureOf(runtime.invoke(call(operation)))).code).toBe('plugin_protocol_error');
  });

  it('pollutes no prototype of ours', async () => {
    await outputOf('pollute');
    await outputOf('patchGlobals', { tenantId: 'tenant-3' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may not be told to call a private host by its driver fields', async () => {
    for (const host of ['10.0.0.1', '169.254.169.254', '/var/run/docker.sock']) {
      expect((await failureOf(runtime.invoke(call('echo', { credentials: { host, port: '5432' } })))).code).toBe(
        'egress_forbidden',
      );
    }
  });

  it('cannot let a driver connect to a name that leads to a private address', async () => {
    const port = Number(new URL(server.url).port);
    const input = { host: 'localhost', port };
    const options = { auth: [{ type: 'none' as const }], credentials: {}, input };
    expect(await outputOf('rawConnect', options)).toEqual({ done: 'connected' });
    const strict = createConnectorRuntime({ pluginStore, egress: { allow: [] }, log });
    expect((await strict.invoke(call('rawConnect', options))).output).toEqual({ refused: 'egress_forbidden' });
    await strict.close();
  });

  it('is not called without a host, which its driver would choose itself', async () => {
    const error = await failureOf(runtime.invoke(call('echo', { connection: { id: 'c', config: {} } })));
    expect([error.code, error.details['missing']]).toEqual(['credentials_incomplete', ['host']]);
  });

  it('that is not there or does not load is plugin_invalid', async () => {
    const broken = createConnectorRuntime({
      pluginStore: { load: () => Promise.resolve({ entryUrl: new URL('./missing.mjs', entryUrl).href }) },
      egress: { allow: ['127.0.0.1'] },
      log,
    });
    expect((await failureOf(broken.invoke(call('echo')))).code).toBe('plugin_invalid');
    expect((await failureOf(runtime.invoke(call('notExported')))).code).toBe('plugin_invalid');
    await broken.close();
  });
});
