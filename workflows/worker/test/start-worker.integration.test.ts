import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '@patchbay/config';
import { createDatabase, createTenantScope, runMigrations, type Database } from '@patchbay/database';
import { createPayloadCodec, createPlanRepository, flowsMigrations } from '@patchbay/flows';
import { flowRunWorkflow, type FlowRunInput } from '@patchbay/interpreter';
import { aPlan, operation, transform } from '@patchbay/interpreter/testing';
import { registryMigrations, seedBuiltins } from '@patchbay/registry';
import { createTestDatabase, type TestDatabase } from '@patchbay/tooling';
import { createKeyring, vaultMigrations } from '@patchbay/vault';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { startWorker, workerConfigSchema, type RunningWorker } from '../src/index.ts';
import type { FlowRun } from './harness.ts';

const tenantId = 'tenant-a';
const masterKey = randomBytes(32).toString('base64');
const taskQueue = `worker-${randomUUID()}`;
const patience = { timeout: 20_000, interval: 25 };

let remote: Server;
let logical: TestDatabase;
let database: Database;
let worker: RunningWorker;
let connection: Connection;
let client: Client;
let integrity: string;
let storeDir: string;

beforeAll(async () => {
  remote = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ path: request.url, key: request.headers['idempotency-key'] ?? null }));
  });
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
  logical = await createTestDatabase(inject('databaseUrl'));
  database = createDatabase({ url: logical.url });
  await runMigrations(database, [registryMigrations, vaultMigrations, flowsMigrations]);
  const [seeded] = await seedBuiltins(database, [{ manifest: manifestOf((remote.address() as AddressInfo).port) }]);
  integrity = seeded?.integrity ?? '';
  storeDir = await mkdtemp(join(tmpdir(), 'patchbay-store-'));
  worker = await startWorker({ ...loadConfig(workerConfigSchema, environment()), role: 'all' });
  const keyring = createKeyring({ masterKey }, database.connection);
  connection = await Connection.connect({ address: inject('temporalAddress') });
  const codec = createPayloadCodec({ keyFor: (tenant, keyId) => keyring.dataKeyFor(tenant, keyId) });
  client = new Client({
    connection,
    namespace: inject('temporalNamespace'),
    dataConverter: { payloadCodecs: [codec] },
  });
});

afterAll(async () => {
  await worker.shutdown();
  await connection.close();
  await database.close();
  await logical.drop();
  await rm(storeDir, { recursive: true });
  remote.close();
});

function environment(): Record<string, string> {
  return {
    DATABASE_URL: logical.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    PATCHBAY_TASK_QUEUE: taskQueue,
    PATCHBAY_MASTER_KEY: masterKey,
    PATCHBAY_STORE_DIR: storeDir,
    PATCHBAY_DEVELOPMENT: 'true',
    PATCHBAY_LOG_LEVEL: 'error',
  };
}

function manifestOf(port: number): object {
  return {
    $schema: 'https://patchbay.dev/schemas/connector/2026-11-01.json',
    id: '@patchbay/connector-test',
    slug: 'test',
    version: '1.0.0',
    name: 'Test',
    description: 'A local server.',
    icon: { dataUri: 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=' },
    runtime: 'declarative',
    baseUrl: `http://127.0.0.1:${String(port)}`,
    egress: { hosts: ['127.0.0.1'] },
    auth: [{ type: 'none' }],
    operations: [
      {
        name: 'echo',
        title: 'Echo',
        effect: 'read',
        input: { type: 'object', properties: { q: { type: 'string' } } },
        output: {},
        request: { method: 'GET', path: '/echo', parameters: [{ name: 'q', location: 'query' }] },
      },
    ],
  };
}

/** Stores the plan as a published version, as the server does. */
async function publish(plan: ReturnType<typeof aPlan>): Promise<string> {
  const versionId = randomUUID();
  await createPlanRepository(database.connection).save(tenantId, plan);
  await createTenantScope(database.connection, tenantId).insert('flow_versions', {
    id: versionId,
    flow_id: plan.flowId,
    number: 1,
    plan_hash: plan.hash,
    document: JSON.stringify({ name: plan.flowName, steps: {} }),
    document_hash: plan.hash,
    content_hash: plan.hash,
    published_at: new Date(),
    published_by: 'test',
  });
  return versionId;
}

describe('a worker as it is deployed', () => {
  it('loads the plan, calls the external system and writes run and attempts', async () => {
    const connector = { slug: 'test', version: '1.0.0', integrity };
    const plan = aPlan({
      steps: [
        operation('call', { connector, input: { q: { formula: 'trigger.q' } }, effect: 'read' }),
        transform('path', 'call.path'),
      ],
    });
    const runId = randomUUID();
    const flowVersionId = await publish(plan);
    const input: FlowRunInput = {
      engine: 1,
      planRef: { flowVersionId, planHash: plan.hash },
      tenantId,
      flowId: plan.flowId,
      runId,
      trigger: { q: 'a b' },
    };
    const workflowId = `${tenantId}/${plan.flowId}/${runId}`;
    const result = await client.workflow.execute<FlowRun>(flowRunWorkflow, { taskQueue, workflowId, args: [input] });
    expect(result.output).toMatch(/^\/echo\?q=a(%20|\+)b$/);
    await vi.waitFor(async () => {
      const db = database.connection;
      const runs = await createTenantScope(db, tenantId).rows('runs').where({ id: runId }).select('state', 'output');
      expect(runs).toEqual([{ state: 'succeeded', output: result.output }]);
      const attempts = await createTenantScope(db, tenantId).rows('run_attempts').where({ run_id: runId }).select('*');
      expect(attempts).toMatchObject([
        { path: 'call', number: 1, state: 'succeeded', call: { method: 'GET', status: 200 } },
      ]);
    }, patience);
  });

  it('fails a run whose connector version is not there, with a code', async () => {
    const plan = aPlan({
      steps: [operation('call', { connector: { slug: 'gone', version: '9.9.9', integrity: 'sha512-x' } })],
    });
    const runId = randomUUID();
    const input: FlowRunInput = {
      engine: 1,
      plan,
      planRef: { flowVersionId: 'none', planHash: plan.hash },
      tenantId,
      flowId: plan.flowId,
      runId,
      trigger: null,
    };
    const workflowId = `${tenantId}/${plan.flowId}/${runId}`;
    const run = client.workflow.execute<FlowRun>(flowRunWorkflow, { taskQueue, workflowId, args: [input] });
    await expect(run).rejects.toMatchObject({
      cause: { type: expect.stringMatching(/^(connector_|plugin_|not_found|version_)/) as string },
    });
  });
});
