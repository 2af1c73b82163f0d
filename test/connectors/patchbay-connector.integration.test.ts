import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@patchbay/config';
import {
  connector,
  operationsFromOpenApi,
  selection,
  type OpenApiDocument,
} from '@patchbay/connector-patchbay/openapi';
import { failureOf, startConnector, type ConnectorHarness, type TestConnection } from '@patchbay/connector-testkit';
import { isAppError } from '@patchbay/errors';
import type { JsonObject } from '@patchbay/manifest';
import { serverConfigSchema, startServer, type RunningServer } from '@patchbay/server';
import { createTestDatabase, findFreePort, type TestDatabase } from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const packageDir = fileURLToPath(new URL('../../plugins/patchbay', import.meta.url));
let database: TestDatabase;
let server: RunningServer;
let harness: ConnectorHarness;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseUrl'));
  const config = loadConfig(serverConfigSchema, {
    PORT: String(await findFreePort(9471)),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    PATCHBAY_TASK_QUEUE: `patchbay-connector-${randomBytes(4).toString('hex')}`,
    PATCHBAY_MASTER_KEY: randomBytes(32).toString('base64'),
    PATCHBAY_DEVELOPMENT: 'true',
    PATCHBAY_LOG_LEVEL: 'error',
  });
  server = await startServer(config);
});

afterAll(async () => {
  await server.close();
  await database.drop();
});

const connection = (token = server.firstSteps.token ?? ''): TestConnection => ({
  credentials: { token },
  config: { url: server.url },
});

async function run(operation: string, input: JsonObject, idempotencyKey = 'key'): Promise<JsonObject> {
  const { output } = await harness.invoke(operation, input, { connection: connection(), idempotencyKey });
  return output as JsonObject;
}

interface Hits {
  readonly hits: readonly { readonly _id: string; readonly _source: Record<string, unknown> }[];
}

const helloInput = { body: { name: 'Ada' }, query: {}, headers: {}, method: 'POST' };

async function helloFlowId(): Promise<string> {
  const { hits } = (await run('listFlows', { query: 'Hello' })) as unknown as Hits;
  expect(hits.length).toBeGreaterThan(0);
  return hits[0]?._id ?? '';
}

it('the patchbay connector is made from the OpenAPI document of the server (regenerate: -u)', async () => {
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApiDocument;
  const text = `${JSON.stringify(operationsFromOpenApi(document, selection), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`${packageDir}/src/operations.generated.json`);
});

describe('the patchbay connector against a real Patchbay', () => {
  beforeAll(async () => {
    harness = await startConnector(connector, packageDir);
  });
  afterAll(() => harness.close());

  it('starts a flow once, however often the step is tried', async () => {
    const flowId = await helloFlowId();
    const input = helloInput;
    const first = await run('startRun', { flowId, input }, 'step-1');
    expect(await run('startRun', { flowId, input }, 'step-1')).toEqual(first);
    expect((await run('startRun', { flowId, input }, 'step-2'))['_id']).not.toBe(first['_id']);
    expect(await run('getRun', { id: first['_id'] ?? '' })).toMatchObject({ flowId, flowName: 'Hello webhook' });
    const runs = (await run('listRuns', { flowId })) as unknown as Hits;
    expect(runs.hits.map((hit) => hit._id)).toContain(first['_id']);
  });

  it('cancels a run, or says that it has ended', async () => {
    const { _id: id = '' } = await run('startRun', { flowId: await helloFlowId(), input: helloInput }, 'step-3');
    const outcome = await run('cancelRun', { id }).catch((error: unknown) => error);
    expect(outcome).toEqual(
      isAppError(outcome) ? expect.objectContaining({ code: 'remote_conflict' }) : { _id: id, result: 'updated' },
    );
  });

  it('turns a flow off and on, publishes it and reads its document, without the secret of its webhook', async () => {
    const id = await helloFlowId();
    expect(await run('disableFlow', { id })).toMatchObject({ _id: id, result: 'updated' });
    const off = (await run('listFlows', { query: 'Hello' })) as unknown as Hits;
    expect(off.hits.find((hit) => hit._id === id)?._source['state']).toBe('off');
    expect(await run('enableFlow', { id })).toMatchObject({ _id: id, result: 'updated' });
    const document = await run('getFlow', { id });
    expect(document).toMatchObject({ name: 'Hello webhook', trigger: { kind: 'webhook' } });
    expect(document).not.toHaveProperty('webhook');
    expect(await run('publishFlow', { id, note: 'Again' })).toMatchObject({ _id: id });
  });

  it('lists connectors and connections, whose secrets are masked', async () => {
    const connectors = (await run('listConnectors', { query: 'mail' })) as unknown as Hits;
    expect(connectors.hits.map(({ _source }) => _source['slug'])).toContain('smtp');
    const { hits } = (await run('listConnections', {})) as unknown as Hits;
    const warehouse = hits.find(({ _source }) => _source['name'] === 'Warehouse database');
    expect(warehouse?._source['credentials']).toMatchObject({ password: '******' });
  });

  it('names what is wrong', async () => {
    const wrong = await failureOf(harness.invoke('listFlows', {}, { connection: connection('planted-wrong-token') }));
    expect(wrong.code).toBe('remote_unauthorized');
    expect(JSON.stringify([wrong.message, wrong.details])).not.toContain('planted-wrong-token');
    const missing = await failureOf(harness.invoke('getRun', { id: 'nope' }, { connection: connection() }));
    expect([missing.code, missing.message]).toEqual(['remote_not_found', expect.stringContaining('no such run')]);
  });
});
