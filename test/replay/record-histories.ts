/**
 * Records the histories of `cases.ts` against a real Temporal, for a new interpreter generation or a new case:
 * `TEMPORAL_ADDRESS=127.0.0.1:7233 node test/replay/record-histories.ts`. A history that is there stays as it is.
 */
import { randomUUID } from 'node:crypto';
import { access, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection } from '@temporalio/worker';
import { readEnvironment } from '@patchbay/config';
import { AppError } from '@patchbay/errors';
import { flowRunWorkflow, replyUpdate, type FlowRunInput } from '@patchbay/interpreter';
import { bundleWorkflows, createWorker, type WorkerServices } from '@patchbay/worker';
import { historyFile } from './history-files.ts';
import { replayCases, type ReplayCase } from './cases.ts';

type Plan = NonNullable<FlowRunInput['plan']>;

const environment = readEnvironment();
const address = environment.TEMPORAL_ADDRESS ?? '127.0.0.1:7233';
const namespace = environment.TEMPORAL_NAMESPACE ?? 'patchbay';
const taskQueue = `record-${randomUUID()}`;
const plans = new Map<string, Plan>(replayCases.map(({ plan }) => [plan.hash, plan]));
const attempts = new Map<string, number>();

const services: WorkerServices = {
  versions: { assertRunnable: () => Promise.resolve() },
  flowCalls: { run: () => Promise.reject(new AppError('flow_not_found')) },
  retirement: { retireDue: () => Promise.resolve(0) },
  manifests: {
    manifestFor: () => Promise.resolve({} as Awaited<ReturnType<WorkerServices['manifests']['manifestFor']>>),
  },
  credentials: { read: () => Promise.reject(new AppError('connection_not_found')) },
  runtime: { invoke: async (call) => ({ output: await perform(call) }) },
  recorder: { attemptStarted: () => undefined, attemptEnded: () => undefined, runClosed: () => undefined },
  blobs: {
    put: () => Promise.reject(new AppError('internal_error')),
    get: () => Promise.reject(new AppError('not_found')),
  },
  plans: { load: (_tenant, _version, hash) => Promise.resolve(plans.get(hash) as Plan) },
};

type Call = Parameters<WorkerServices['runtime']['invoke']>[0];

async function perform({ operation, input, idempotencyKey, signal, timeoutMs }: Call): Promise<Call['input']> {
  if (operation === 'refuse') throw new AppError('remote_bad_request');
  if (operation === 'hang') {
    await delay(timeoutMs, undefined, { signal });
    throw new AppError('operation_timeout');
  }
  const attempt = (attempts.get(idempotencyKey) ?? 0) + 1;
  attempts.set(idempotencyKey, attempt);
  if (operation === 'flaky' && attempt < 3) throw new AppError('network_error');
  return input;
}

async function record(client: Client, replayCase: ReplayCase): Promise<void> {
  const { name, plan, trigger = {}, isByReference, isCancelled, isSynchronous, maxEvents } = replayCase;
  const input: FlowRunInput = {
    engine: 1,
    ...(!isByReference && { plan }),
    planRef: { flowVersionId: 'version', planHash: plan.hash },
    tenantId: 'tenant',
    flowId: 'flow',
    runId: name,
    trigger: trigger as FlowRunInput['trigger'],
    ...(maxEvents !== undefined && { maxEvents }),
  };
  const options = { taskQueue, workflowId: `tenant/flow/${name}-${randomUUID()}`, args: [input] as [FlowRunInput] };
  const firstRunId = isSynchronous ? await startAndAsk(client, options) : await start(client, options);
  const current = client.workflow.getHandle(options.workflowId);
  if (isCancelled) {
    await delay(500);
    await current.cancel();
  }
  await current.result().catch(() => undefined);
  // The first execution holds what a continue-as-new left.
  const history = await client.workflow.getHandle(options.workflowId, firstRunId).fetchHistory();
  await writeFile(historyFile(name), historyToJSON(history));
  process.stdout.write(`recorded ${name}\n`);
}

interface StartOptions {
  readonly taskQueue: string;
  readonly workflowId: string;
  readonly args: [FlowRunInput];
}

async function start(client: Client, options: StartOptions): Promise<string> {
  return (await client.workflow.start(flowRunWorkflow, options)).firstExecutionRunId;
}

async function startAndAsk(client: Client, options: StartOptions): Promise<string> {
  const startWorkflowOperation = new WithStartWorkflowOperation<(input: FlowRunInput) => Promise<unknown>>(
    flowRunWorkflow,
    { ...options, workflowIdConflictPolicy: 'USE_EXISTING' },
  );
  await client.workflow.executeUpdateWithStart(replyUpdate, { startWorkflowOperation });
  return (await client.workflow.getHandle(options.workflowId).describe()).runId;
}

const native = await NativeConnection.connect({ address });
const worker = await createWorker({
  connection: native,
  namespace,
  taskQueue,
  role: 'all',
  workflowBundle: await bundleWorkflows(),
  payloadCodecs: [],
  services,
  limits: { maxActivities: 20, maxWorkflowTasks: 20, maxCachedRuns: 100 },
});
const connection = await Connection.connect({ address });
await worker.runUntil(async () => {
  const client = new Client({ connection, namespace });
  for (const replayCase of replayCases) {
    const isThere = await access(historyFile(replayCase.name)).then(
      () => true,
      () => false,
    );
    if (!isThere) await record(client, replayCase);
  }
});
await connection.close();
await native.close();
