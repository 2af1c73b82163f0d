/** A worker with operations written in the test, against the real Temporal of the test run. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createPayloadCodec } from '@patchbay/flows';
import {
  flowRunWorkflow,
  foldHistory,
  toHistoryEvents,
  toPendingOperations,
  type FlowRunInput,
  type FlowRunResult,
} from '@patchbay/interpreter';
import { bundleWorkflows } from '../src/build-workflow-bundle.ts';
import { createWorker } from '../src/create-worker.ts';
import { installTemporalLog, createWorkerLog } from '../src/worker-log.ts';
import { testServices, type JsonValue, type Recorded, type TestOperation } from './test-services.ts';

type Plan = NonNullable<FlowRunInput['plan']>;

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
    const [plain] = await testCodec.decode([payload], undefined);
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
