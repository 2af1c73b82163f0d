import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApiClient, type ApiClient, type Session } from '@patchbay/api-contract';
import { loadConfig } from '@patchbay/config';
import { createDatabase } from '@patchbay/database';
import { serverConfigSchema, startServer, type RunningServer } from '@patchbay/server';
import { createTestDatabase, findFreePort, type TestDatabase } from '@patchbay/tooling';
import { createCredentialReader, createKeyring } from '@patchbay/vault';
import { startWorker, workerConfigSchema, type RunningWorker } from '@patchbay/worker';
import { readDump, restoreDump, type ReleaseDump } from './release-dump.ts';

let dump: ReleaseDump;
let database: TestDatabase;
let server: RunningServer;
let worker: RunningWorker | undefined;
let storeDir: string;
let environment: Record<string, string>;
/** With the token of the administrator of the demo tenant. */
let admin: ApiClient;

const everything = { query: { size: 200 } };

beforeAll(async () => {
  dump = await readDump(new URL('fixtures/52b3c92.json.gz', import.meta.url));
  database = await createTestDatabase(inject('databaseUrl'));
  await restoreDump(database.url, dump);
  storeDir = await mkdtemp(join(tmpdir(), 'patchbay-upgrade-'));
  environment = {
    PORT: String(await findFreePort(9417)),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    PATCHBAY_TASK_QUEUE: `upgrade-${randomUUID()}`,
    PATCHBAY_MASTER_KEY: dump.masterKey,
    PATCHBAY_STORE_DIR: storeDir,
    PATCHBAY_LOG_LEVEL: 'error',
  };
  server = await startServer(loadConfig(serverConfigSchema, environment));
  worker = await startWorker({ ...loadConfig(workerConfigSchema, environment), role: 'all' });
  admin = clientOf(tokenOf('admin@patchbay.local'));
}, 120_000);

afterAll(async () => {
  await worker?.shutdown();
  await server.close();
  await database.drop();
  await rm(storeDir, { recursive: true, force: true });
});

const clientOf = (token: string): ApiClient => createApiClient({ baseUrl: server.url, token });

function tokenOf(email: string): string {
  return dump.known.tokens.find((each) => each.email === email)?.token ?? '';
}

async function signIn(email: string): Promise<Session> {
  const response = await fetch(`${server.url}/session/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: dump.known.password }),
  });
  expect([email, response.status]).toEqual([email, 200]);
  return (await response.json()) as Session;
}

/** The role alone said both things before; outside of the tenant of the platform there are two now. */
const rightsNow = (role: string) =>
  role === 'platform_admin' ? { role: 'enterprise_admin', platformAdmin: true } : { role, platformAdmin: false };

describe('a database of the release before, under this one', () => {
  it('lets everybody sign in with their password, with the rights they had', async () => {
    for (const { email, role, tenant } of dump.known.users) {
      const session = await signIn(email);
      expect(session).toMatchObject({
        user: { email, ...rightsNow(role) },
        tenant: {
          id: tenant,
          features: { custom_connectors: true, sdk_access: true, review_required: false },
          limits: { custom_connectors: null },
        },
      });
    }
  });

  it('takes every token, with the bound it had', async () => {
    for (const { token, email, role } of dump.known.tokens) {
      const client = clientOf(token);
      expect((await client.call('getSession')).user.email).toBe(email);
      const writing = client.call('createFlow', { body: { name: `by ${email}` } });
      if (role === 'viewer') await expect(writing).rejects.toMatchObject({ code: 'forbidden_role' });
      else await expect(writing).resolves.toMatchObject({ result: 'created' });
      const administering = client.call('searchTenants', everything);
      if (role === 'platform_admin')
        expect((await administering).hits.hits.map(({ _id }) => _id).sort()).toEqual(['demo', 'platform', 'second']);
      else if (role === 'enterprise_admin') expect((await administering).hits.total.value).toBe(1);
      else await expect(administering).rejects.toMatchObject({ code: 'forbidden_role' });
    }
  });

  it('reads every connection; what was secret is still there and still masked', async () => {
    const { hits } = await admin.call('searchConnections', everything);
    const found = hits.hits.map(({ _id, _source }) => ({
      id: _id,
      name: _source.name,
      slug: _source.connector.slug,
    }));
    expect(sorted(found)).toEqual(sorted(dump.known.connections));
    const partner = hits.hits.find(({ _source }) => _source.name === 'Partner API');
    expect(partner?._source).toMatchObject({
      enabled: true,
      authorization: 'authorized',
      credentials: { base_url: 'https://partner.example/v1', username: 'patchbay', password: '******' },
    });
    expect(hits.hits.find(({ _source }) => _source.name === 'Switched off')?._source.enabled).toBe(false);
    const kept = { credentials: { base_url: 'https://partner.example/v2', username: 'patchbay', password: '******' } };
    const params = { id: partner?._id ?? '' };
    await admin.call('updateConnection', { params, body: kept, revision: partner?._source.revision ?? 0 });
    expect((await admin.call('getConnection', { params }))._source.credentials).toMatchObject(kept.credentials);
    expect(await secretOf(params.id)).toBe('throw-away-fixture-secret');
  });

  it('opens every flow in the state it was in', async () => {
    for (const { id, name, state } of dump.known.flows) {
      const { _source } = await admin.call('getFlow', { params: { id } });
      expect(_source).toMatchObject({ name, state });
    }
  });

  it('publishes those flows again, and runs what was published before', async () => {
    const { path, secret, answer } = dump.known.webhook;
    const callIt = async (): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', 'x-patchbay-secret': secret };
      const body = JSON.stringify({ name: 'Ada' });
      return (await fetch(server.url + path, { method: 'POST', headers, body })).json();
    };
    expect(await callIt()).toEqual(answer);
    for (const { id, name, state } of dump.known.flows) {
      const { versions } = await publish(id);
      expect([name, versions]).toEqual([name, state === 'draft' ? 1 : name === 'Live with changes' ? 3 : 2]);
    }
    expect(await callIt()).toEqual(answer);
  });

  it('lists every run with its state and its flow', async () => {
    const { hits } = await admin.call('searchRuns', everything);
    for (const { id, flowId, state } of dump.known.runs) {
      const run = hits.hits.find(({ _id }) => _id === id);
      expect(run?._source).toMatchObject({ flowId, state });
    }
  });

  it('has every connector, published for all, with what the new columns need', async () => {
    const { hits } = await admin.call('searchConnectors', everything);
    const slugs = hits.hits.map(({ _source }) => _source.slug);
    expect(slugs).toEqual(expect.arrayContaining(['http', 'patchbay', 'postgres', 'smtp', 'worldbank']));
    for (const slug of slugs) {
      const { _source } = await admin.call('getConnector', { params: { id: slug } });
      expect(_source).toMatchObject({
        id: slug,
        slug,
        builtin: true,
        enabled: true,
        stage: 'published',
        visibility: 'catalogue',
        origin: { kind: 'builtin' },
        slug_locked: true,
      });
      expect(Date.parse(String(_source.published_at))).toBeGreaterThan(0);
    }
  });

  it('CO-36 takes nobody without a token, since it was not started for development', async () => {
    expect((await fetch(`${server.url}/connector/_search`)).status).toBe(401);
  });

  it('starts for development too: with no second link or token, and a program of this machine comes in', async () => {
    const port = String(await findFreePort(9421));
    const development = { ...environment, PORT: port, PATCHBAY_DEVELOPMENT: 'true' };
    const second = await startServer(loadConfig(serverConfigSchema, development));
    try {
      expect(second.firstSteps).toEqual({});
      const { status, text } = await get(`${second.url}/connector/_search?size=100`);
      expect(status).toBe(200);
      expect(text).toContain('worldbank');
      expect((await get(`${second.url}/flow/_search`)).status).toBe(401);
    } finally {
      await second.close();
    }
  });

  it('keeps the other tenant apart', async () => {
    expect((await signIn('boss@second.example')).user).toMatchObject({
      role: 'enterprise_admin',
      platformAdmin: false,
    });
  });
});

function sorted<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What a worker hands to a connector. */
async function secretOf(connectionId: string): Promise<string | undefined> {
  const opened = createDatabase({ url: database.url, poolMax: 1 });
  try {
    const keyring = createKeyring({ masterKey: dump.masterKey }, opened.connection);
    return (await createCredentialReader(opened, keyring).read('demo', connectionId)).credentials['password'];
  } finally {
    await opened.close();
  }
}

/** As curl does it: `fetch` says `Sec-Fetch-Mode`, as a browser would. */
async function get(url: string): Promise<{ status: number | undefined; text: string }> {
  const [response] = (await once(request(url).end(), 'response')) as [IncomingMessage];
  return { status: response.statusCode, text: await readText(response) };
}

async function publish(id: string): Promise<{ versions: number }> {
  await admin.call('publishFlow', { params: { id }, body: {} });
  const { hits } = await admin.call('searchFlowVersions', { params: { id } });
  return { versions: hits.total.value };
}
