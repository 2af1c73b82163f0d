/** A worker with operations written in the test, against the real Temporal of the test run. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { AppError } from '@patchbay/errors';
import { createPayloadCodec } from '@patchbay/flows';
import {
  flowRunWorkflow,
  foldHistory,
  toHistoryEvents,
  toPendingOperations,
  type ClosedRun,
  type FlowRunInput,
  type FlowRunResult,
} from '@patchbay/interpreter';
import { bundleWorkflows } from '../src/build-workflow-bundle.ts';
import { createWorker, type WorkerServices } from '../src/create-worker.ts';
import { installTemporalLog, createWorkerLog } from '../src/worker-log.ts';

type RuntimeCall = Parameters<WorkerServices['runtime']['invoke']>[0];
type JsonValue = RuntimeCall['input'][string];
type Plan = NonNullable<FlowRunInput['plan']>;

/** An operation of the test. */
export type TestOperation = (call: RuntimeCall) => Promise<JsonValue> | JsonValue;

/** What the recorder was told. */
export interface Recorded {
  readonly attempts: Parameters<WorkerServices['recorder']['attemptEnded']>[0][];
  readonly closed: ClosedRun[];
}

export const tenantId = 'tenant-1';

/** A running worker with its client. */
export interface Harness {
  readonly client: Client;
  readonly taskQueue: string;
  readonly recorded: Recorded;
  readonly blobs: Map<string, JsonValue>;
  inputOf(plan: Plan, trigger: JsonValue, options?: Partial<FlowRunInput>): FlowRunInput;
  start(plan: Plan, trigger?: JsonValue, options?: Partial<FlowRunInput>): Promise<WorkflowHandle<FlowRun>>;
  /** Runs to the end; throws WorkflowFailedError. */
  run(plan: Plan, trigger?: JsonValue, options?: Partial<FlowRunInput>): Promise<FlowRunResult>;
  view(
    handle: Pick<WorkflowHandle, 'workflowId'>,
    plan: Plan,
    trigger?: JsonValue,
  ): Promise<ReturnType<typeof foldHistory>>;
  stop(): Promise<void>;
}

/** Type of the workflow. */
export type FlowRun = (input: FlowRunInput) => Promise<FlowRunResult>;

const key = { id: 'key-1', key: randomBytes(32) };

/** Codec of all harnesses in this process. */
export const testCodec = createPayloadCodec({ keyFor: () => Promise.resolve(key) });

let bundle: Promise<string> | undefined;

/** The workflow bundle, made once per process. */
export function testBundle(): Promise<string> {
  bundle ??= bundleWorkflows();
  return bundle;
}

/** Services whose connector runtime is the given table of operations. */
export function testServices(operations: Record<string, TestOperation>): {
  services: WorkerServices;
  recorded: Recorded;
  blobs: Map<string, JsonValue>;
  plans: Map<string, Plan>;
} {
  const recorded: Recorded = { attempts: [], closed: [] };
  const blobs = new Map<string, JsonValue>();
  const plans = new Map<string, Plan>();
  const services: WorkerServices = {
    manifests: { manifestFor: () => Promise.resolve({} as RuntimeCall['manifest']) },
    credentials: {
      read: (_tenant, connectionId) =>
        Promise.resolve({
          connectionId,
          connectorSlug: 'test',
          authType: 'api_key',
          credentials: { key: 'planted-secret' },
          enabled: connectionId !== 'disabled',
        }),
    },
    runtime: {
      invoke: async (call) => {
        const operation = operations[call.operation];
        if (!operation) throw new AppError('operation_unknown');
        return { output: await operation(call) };
      },
    },
    recorder: {
      attemptStarted: () => undefined,
      attemptEnded: (attempt) => recorded.attempts.push(attempt),
      runClosed: (run) => recorded.closed.push(run as ClosedRun),
    },
    blobs: {
      put: (tenant, value) => {
        const $ref = `${tenant}/${randomUUID()}`;
        blobs.set($ref, value);
        const text = JSON.stringify(value);
        return Promise.resolve({ $ref, sizeBytes: text.length, preview: text.slice(0, 20) });
      },
      get: (_tenant, { $ref }) => {
        const value = blobs.get($ref);
        return value === undefined ? Promise.reject(new AppError('not_found')) : Promise.resolve(value);
      },
    },
    plans: {
      load: (_tenant, _version, hash) => {
        const plan = plans.get(hash);
        return plan ? Promise.resolve(plan) : Promise.reject(new AppError('flow_not_found'));
      },
    },
  };
  return { services, recorded, blobs, plans };
}

/** Starts a worker on a task queue of its own. */
export async function startHarness(
  address: string,
  operations: Record<string, TestOperation>,
  options: { namespace?: string; taskQueue?: string } = {},
): Promise<Harness> {
  installTemporalLog(createWorkerLog({ PATCHBAY_LOG_LEVEL: 'error' }));
  const namespace = options.namespace ?? 'patchbay';
  const taskQueue = options.taskQueue ?? `test-${randomUUID()}`;
  const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const { services, recorded, blobs, plans } = testServices(operations);
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue,
    role: 'all',
    workflowBundle: await testBundle(),
    payloadCodecs: [testCodec],
    services,
    limits: { maxActivities: 100, maxWorkflowTasks: 40, maxCachedRuns: 500 },
  });
  const running = worker.run();
  const clientConnection = await Connection.connect({ address });
  const client = new Client({ connection: clientConnection, namespace, dataConverter: { payloadCodecs: [testCodec] } });
  return {
    ...clientSide(client, taskQueue, plans),
    recorded,
    blobs,
    stop: async () => {
      await stopWorker(worker, running);
      await clientConnection.close();
      await connection.close();
    },
  };
}

async function stopWorker(worker: Worker, running: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
}

/** The part of a harness that needs no worker in this process. */
export function clientSide(
  client: Client,
  taskQueue: string,
  plans: Map<string, Plan> = new Map<string, Plan>(),
): Pick<Harness, 'client' | 'taskQueue' | 'inputOf' | 'start' | 'run' | 'view'> {
  const inputOf: Harness['inputOf'] = (plan, trigger, options = {}) => ({
    engine: 1,
    plan,
    planRef: { flowVersionId: 'version-1', planHash: plan.hash },
    tenantId,
    flowId: 'flow-1',
    runId: randomUUID(),
    trigger,
    ...options,
  });
  const start: Harness['start'] = (plan, trigger = {}, options = {}) => {
    plans.set(plan.hash, plan);
    const input = inputOf(plan, trigger, options);
    return client.workflow.start<FlowRun>(flowRunWorkflow, {
      taskQueue,
      workflowId: `${tenantId}/flow-1/${input.runId}`,
      args: [input],
    });
  };
  return {
    client,
    taskQueue,
    inputOf,
    start,
    run: async (plan, trigger, options) => (await start(plan, trigger, options)).result(),
    view: (handle, plan, trigger = {}) => viewOf(client, { workflowId: handle.workflowId, plan, trigger }),
  };
}

async function viewOf(
  client: Client,
  run: { workflowId: string; plan: Plan; trigger: JsonValue },
): Promise<ReturnType<typeof foldHistory>> {
  const decode = async (payload: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const [plain] = await testCodec.decode([payload as Payload], undefined);
    return plain && defaultPayloadConverter.fromPayload(plain);
  };
  const handle = client.workflow.getHandle(run.workflowId);
  const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const events = (history.events ?? []) as unknown as Record<string, unknown>[];
  const pending = (description.raw.pendingActivities ?? []) as unknown as Record<string, unknown>[];
  return foldHistory(run.plan, {
    runId: run.workflowId.split('/')[2] ?? '',
    trigger: run.trigger,
    events: await toHistoryEvents(run.plan, events, decode),
    pending: await toPendingOperations(run.plan, pending, decode),
  });
}
