import { randomBytes } from 'node:crypto';
import { Client as Postgres } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '@patchbay/api-contract';
import { startEchoingApi, startEchoingMail, type EchoingApi, type Remote } from './echoing-remotes.ts';
import { startInstallation, type Installation } from './installation.ts';
import { createSecretScanner, plant, type PlantedSecret } from './planted-secrets.ts';
import { echoingWebhook, oneCall, type Call } from './secret-flows.ts';
import { databaseUrlOf, filesOf, historiesOf, processPlaces, tablesOf, type Place } from './secret-places.ts';
import {
  callWebhook,
  keepAnswers,
  keepingClient,
  readEverything,
  runEveryWay,
  signIn,
  untilEnded,
} from './secret-use.ts';
import { until } from './until.ts';

const masterKey = randomBytes(32).toString('base64');
const scanner = createSecretScanner();
const answers = keepAnswers();
const events: string[] = [];

let installation: Installation;
let client: ApiClient;
let api: EchoingApi;
let mail: Remote | undefined;
let databaseUrl: string;

function planted(name: string): string {
  return watched({ name, value: plant(name).value });
}

function watched(secret: PlantedSecret): string {
  scanner.add(secret);
  return secret.value;
}

/** What was found where; none is good. */
async function findIn(places: AsyncIterable<Place> | Iterable<Place>): Promise<{ count: number; leaks: string[] }> {
  const leaks: string[] = [];
  let count = 0;
  for await (const { name, content } of places) {
    count += 1;
    leaks.push(...scanner.find(content).map((found) => `${name}: ${found}`));
  }
  return { count, leaks };
}

async function connect(connector: string, authType: string, credentials: Record<string, string>): Promise<string> {
  const name = `${connector} ${authType} ${randomBytes(3).toString('hex')}`;
  const { _id } = await client.call('createConnection', { body: { name, connector, authType, credentials } });
  return _id;
}

async function call(connector: string, operation: string, connectionId: string): Promise<Omit<Call, 'input'>> {
  const { _source } = await client.call('getConnector', { params: { id: connector } });
  return { connector, operation, connectionId, version: _source.version };
}

/** Every way of proving oneself to an HTTP API, with answers that echo the proof. */
async function useHttp(): Promise<void> {
  const base = { base_url: api.url };
  const secrets = { apiKey: planted('API key'), password: planted('Basic password'), token: planted('bearer token') };
  const connections = {
    api_key: await connect('http', 'api_key', { ...base, api_key: secrets.apiKey }),
    basic: await connect('http', 'basic', { ...base, username: 'ada', password: secrets.password }),
    bearer: await connect('http', 'bearer', { ...base, token: secrets.token }),
  };
  const expected = { '/ok': undefined, '/refused': 'remote_unauthorized', '/broken': 'remote_unavailable' };
  const messages: string[] = [];
  for (const [auth, connectionId] of Object.entries(connections)) {
    const get = await call('http', 'get', connectionId);
    for (const [url, code] of Object.entries(expected)) {
      const runId = await runEveryWay(client, oneCall(`${auth} ${url}`, { ...get, input: { url } }));
      const { error } = await untilEnded(client, runId);
      expect(error?.code).toBe(code);
      messages.push(error?.message ?? '');
    }
  }
  // Some messages were cut in the middle of a secret; otherwise the remote would not have tried everything.
  expect(messages.some((message) => message.endsWith('******'))).toBe(true);
  for (const secret of Object.values(secrets)) expect(api.hasSeen(secret)).toBe(true);
  await hang(connections.bearer);
  await client.call('updateConnection', {
    params: { id: connections.api_key },
    body: { credentials: { api_key: planted('changed API key') } },
    revision: 1,
  });
  await crash(await call('http', 'get', connections.bearer));
}

/** A call without an answer, watched through the event stream until it has timed out. */
async function hang(connectionId: string): Promise<void> {
  const get = await call('http', 'get', connectionId);
  const document = oneCall('hangs', { ...get, input: { url: '/hang' }, timeoutMs: 1_000 });
  const { _id: flowId } = await client.call('createFlow', { body: { document } });
  const { _id: runId } = await client.call('startRun', { body: { flowId, version: 'draft' } });
  const headers = { authorization: `Bearer ${installation.token}` };
  events.push(await (await fetch(`${installation.url}/run/${runId}/_events`, { headers })).text());
  expect((await untilEnded(client, runId)).error?.code).toBe('operation_timeout');
}

/** The process of the plugin dies while it holds the secret. */
async function crash(get: Omit<Call, 'input'>): Promise<void> {
  const document = oneCall('crashes', { ...get, input: { url: '/hang' }, timeoutMs: 4_000 });
  const { _id: flowId } = await client.call('createFlow', { body: { document } });
  const before = api.called.length;
  const { _id: runId } = await client.call('startRun', { body: { flowId, version: 'draft' } });
  await until('the call to arrive', async () => api.called.length > before);
  for (const pid of await installation.pidsOf('plugin-host')) process.kill(pid, 'SIGKILL');
  expect((await untilEnded(client, runId)).state).toBe('failed');
}

async function usePostgres(): Promise<void> {
  const password = planted('PostgreSQL password');
  const { hostname: host, port } = new URL(databaseUrl);
  const admin = new Postgres({ connectionString: databaseUrl });
  await admin.connect();
  const { rows } = await admin.query<{ text: string }>(
    `select format('create role careful login password %L', $1::text) as text`,
    [password],
  );
  await admin.query(rows[0]?.text ?? '');
  await admin.query('grant connect on database patchbay to careful');
  await admin.end();
  const target = { host, port, database: 'patchbay', user: 'careful' };
  const right = await connect('postgres', 'custom', { ...target, password });
  const wrong = await connect('postgres', 'custom', { ...target, password: planted('wrong PostgreSQL password') });
  const runs: [string, string, string | undefined][] = [
    [right, 'select current_user', undefined],
    [right, 'select 1 / 0', 'remote_bad_request'],
    [wrong, 'select 1', 'remote_unauthorized'],
  ];
  for (const [connectionId, sql, code] of runs) {
    const query = await call('postgres', 'query', connectionId);
    const runId = await runEveryWay(client, oneCall(sql, { ...query, input: { sql } }));
    expect((await untilEnded(client, runId)).error?.code).toBe(code);
  }
  expect((await client.call('testConnection', { params: { id: right } })).health).toBe('healthy');
  expect((await client.call('testConnection', { params: { id: wrong } })).health).toBe('offline');
}

async function useMail(): Promise<void> {
  const password = planted('mail password');
  mail = await startEchoingMail(password);
  const target = { host: '127.0.0.1', port: String(mail.port), security: 'none', from: 'a@example.org', user: 'ada' };
  const right = await connect('smtp', 'custom', { ...target, password });
  const wrong = await connect('smtp', 'custom', { ...target, password: planted('wrong mail password') });
  for (const [connectionId, code] of [
    [right, undefined],
    [wrong, 'remote_unauthorized'],
  ] as const) {
    const send = await call('smtp', 'sendMail', connectionId);
    const input = { to: ['b@example.org'], subject: 'Hello', text: 'Hello' };
    const runId = await runEveryWay(client, oneCall(`mail ${String(code)}`, { ...send, input }));
    expect((await untilEnded(client, runId)).error?.code).toBe(code);
    await client.call('testConnection', { params: { id: connectionId } });
  }
}

/** Patchbay calls itself: a declarative connector, and an API token as the credential. */
async function useTokens(): Promise<void> {
  const own = await installation.client.call('createToken', { body: { name: 'Planted' } });
  const right = watched({ name: 'API token', value: own.token });
  const wrong = planted('wrong API token');
  for (const [token, code] of [
    [right, undefined],
    [wrong, 'remote_unauthorized'],
  ] as const) {
    const connectionId = await connect('patchbay', 'bearer', { url: installation.url, token });
    const list = await call('patchbay', 'listFlows', connectionId);
    const runId = await runEveryWay(client, oneCall(`token ${String(code)}`, { ...list, input: {} }));
    expect((await untilEnded(client, runId)).error?.code).toBe(code);
    await answers.fetch(`${installation.url}/flow/_search`, { headers: { authorization: `Bearer ${token}` } });
  }
}

async function useWebhooks(): Promise<void> {
  const { token } = await installation.client.call('createToken', { body: { name: 'Viewer', role: 'viewer' } });
  const viewer = keepingClient(installation, watched({ name: 'viewer token', value: token }), answers);
  const authorization = planted('Authorization header of a caller');
  for (const auth of ['secret', 'hmac'] as const) {
    const { _id: id } = await client.call('createFlow', { body: { document: echoingWebhook(`Hook ${auth}`, auth) } });
    await client.call('publishFlow', { params: { id }, body: {} });
    // Those who may edit a flow are shown its secret: that answer is not kept.
    const { webhook } = (await installation.client.call('getFlow', { params: { id } }))._source;
    const secret = watched({ name: `webhook ${auth}`, value: webhook?.secret ?? '' });
    expect(secret.length).toBeGreaterThan(20);
    const url = new URL(webhook?.url ?? '', installation.url).href;
    expect(await callWebhook(url, { auth, secret, authorization }, answers)).toBe(200);
    expect((await viewer.call('getFlow', { params: { id } }))._source.webhook?.secret).toBeUndefined();
    const wrong = planted(`wrong webhook ${auth}`);
    expect(await callWebhook(url, { auth, secret: wrong, authorization }, answers)).toBe(401);
  }
}

/** Mistakes that put a secret where it does not belong. */
async function makeMistakes(): Promise<void> {
  const secret = planted('mistyped secret');
  const bodies = [
    { name: 'a', connector: 'http', authType: 'bearer', credentials: { tokn: secret } },
    { name: 'b', connector: 'http', authType: 'bearer', credentials: { token: [secret] } },
    { name: 'c', connector: 'http', authType: 'bearer', credentials: secret },
    { name: 'd', connector: 'http', authType: 'bearer', credentials: { token: secret.repeat(500) } },
    { name: 'e', connector: 'http', authType: 'bearer', token: secret },
  ];
  for (const body of [...bodies.map((each) => JSON.stringify(each)), `{"credentials": {"token": "${secret}`]) {
    const response = await answers.fetch(`${installation.url}/connection/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${installation.token}`, 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
  }
}

describe('secrets', () => {
  beforeAll(async () => {
    api = await startEchoingApi();
    installation = await startInstallation({
      env: { PATCHBAY_MASTER_KEY: masterKey, PATCHBAY_LOG_LEVEL: 'debug' },
    });
    databaseUrl = await databaseUrlOf(installation);
    watched({ name: 'master key', value: masterKey });
    scanner.add({ name: 'database password', value: new URL(databaseUrl).password });
    scanner.add({ name: 'first API token', value: installation.token });
    client = keepingClient(installation, installation.token, answers);
    await useHttp();
    await usePostgres();
    await useMail();
    await useTokens();
    await useWebhooks();
    await makeMistakes();
    const passwords = { right: planted('password'), wrong: planted('wrong password') };
    for (const [index, cookie] of (await signIn(installation, passwords, answers)).entries()) {
      expect(cookie.length).toBeGreaterThan(20);
      scanner.add({ name: `session ${index}`, value: cookie });
    }
    await readEverything(client);
    await (await answers.fetch(`${installation.url}/metrics`)).text();
  }, 400_000);
  afterAll(async () => {
    await installation.dispose();
    await api.stop();
    await mail?.stop();
  });

  it('are in no answer of the API, no metric and no event', async () => {
    const stream = events.map((content, index) => ({ name: `events ${index}`, content }));
    const { count, leaks } = await findIn([...answers.all, ...stream]);
    expect(leaks).toEqual([]);
    expect(count).toBeGreaterThan(150);
  });

  it('are in no row of any database', async () => {
    const { count, leaks } = await findIn(tablesOf(databaseUrl));
    expect(leaks).toEqual([]);
    expect(count).toBeGreaterThan(100);
  });

  it('are in no history of Temporal, encrypted or decrypted', async () => {
    const { count, leaks } = await findIn(historiesOf(installation, { masterKey, databaseUrl }));
    expect(leaks).toEqual([]);
    expect(count).toBeGreaterThan(80);
  });

  it('are in no environment and no command line of a process that does not need them', async () => {
    const hosts = await installation.pidsOf('plugin-host');
    expect(hosts.length).toBeGreaterThan(0);
    const services = [...(await installation.pidsOf('postgres')), ...(await installation.pidsOf('temporal'))];
    const own = [...(await installation.pidsOf('server')), ...(await installation.pidsOf('worker'))];
    const places = [
      ...(await processPlaces([...hosts, ...services], ['environ', 'cmdline'])),
      ...(await processPlaces(own, ['cmdline'])),
    ];
    expect((await findIn(places)).leaks).toEqual([]);
    const environments = await processPlaces(hosts, ['environ']);
    expect(environments.map(({ content }) => Buffer.from(content).toString())).toEqual(hosts.map(() => 'TZ=UTC\0'));
  });

  it('are in nothing that was printed and no file of the data folder but those that keep them', async () => {
    expect((await findIn([{ name: 'printed', content: installation.log() }])).leaks).toEqual([]);
    await installation.stop();
    const { count, leaks } = await findIn(filesOf(installation.dataDir));
    const isKept = (leak: string): boolean => leak.startsWith('postgres/password: ') || leak.startsWith('cli.json: ');
    expect(leaks.filter((leak) => !isKept(leak))).toEqual([]);
    expect(count).toBeGreaterThan(1_000);
  });
});
