/** Runs plans of the fake connector on the real Temporal, with a worker of its own. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { AppError } from '@patchbay/errors';
import { runFakeOperation } from '@patchbay/flow-model/testing';
import { flowRunWorkflow, type ClosedRun, type FlowRunInput } from '@patchbay/interpreter';
import { bundleWorkflows, createWorker, type WorkerServices } from '@patchbay/worker';

type Plan = NonNullable<FlowRunInput['plan']>;

/** A plan with the data that starts it. */
export interface PlannedRun {
  readonly plan: Plan;
  readonly trigger: FlowRunInput['trigger'];
}

/** Where Temporal is. */
export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
}

/** Runs everything at once and gives the run views, in the order of the runs. */
export async function runOnTemporal(place: TemporalPlace, runs: readonly PlannedRun[]): Promise<ClosedRun['view'][]> {
  const closed = new Map<string, ClosedRun>();
  const taskQueue = `random-${randomUUID()}`;
  const native = await NativeConnection.connect({ address: place.address });
  const worker = await createWorker({
    connection: native,
    namespace: place.namespace,
    taskQueue,
    role: 'all',
    workflowBundle: await bundleWorkflows(),
    payloadCodecs: [],
    services: fakeServices(runs, (run) => closed.set(run.runId, run)),
    limits: { maxActivities: 50, maxWorkflowTasks: 20, maxCachedRuns: 500 },
  });
  const connection = await Connection.connect({ address: place.address });
  const client = new Client({ connection, namespace: place.namespace });
  await worker.runUntil(async () => {
    const handles = await Promise.all(
      runs.map((run, index) =>
        client.workflow.start(flowRunWorkflow, {
          taskQueue,
          workflowId: `tenant/flow/${randomUUID()}`,
          args: [inputOf(run, String(index))],
        }),
      ),
    );
    await Promise.allSettled(handles.map((handle) => handle.result()));
  });
  await connection.close();
  await native.close();
  return runs.map((_, index) => {
    const run = closed.get(String(index));
    if (!run) throw new Error(`cannot happen: run ${String(index)} was not recorded`);
    return run.view;
  });
}

function inputOf({ plan, trigger }: PlannedRun, runId: string): FlowRunInput {
  const planRef = { flowVersionId: 'version', planHash: plan.hash };
  return { engine: 1, plan, planRef, tenantId: 'tenant', flowId: 'flow', runId, trigger };
}

function fakeServices(runs: readonly PlannedRun[], onClosed: (run: ClosedRun) => void): WorkerServices {
  const plans = new Map(runs.map(({ plan }) => [plan.hash, plan]));
  return {
    versions: { assertRunnable: () => Promise.resolve() },
    flowCalls: { run: () => Promise.reject(new AppError('flow_not_found')) },
    retirement: { retireDue: () => Promise.resolve(0) },
    manifests: {
      // The fake runtime needs no manifest.
      manifestFor: () => Promise.resolve({} as Awaited<ReturnType<WorkerServices['manifests']['manifestFor']>>),
    },
    credentials: { read: () => Promise.reject(new AppError('connection_not_found')) },
    runtime: { invoke: (call) => Promise.resolve({ output: runFakeOperation(call.operation, call.input) }) },
    recorder: {
      attemptStarted: () => undefined,
      attemptEnded: () => undefined,
      runClosed: (run) => {
        onClosed(run);
      },
    },
    blobs: {
      put: () => Promise.reject(new AppError('internal_error')),
      get: () => Promise.reject(new AppError('not_found')),
    },
    plans: { load: (_tenant, _version, hash) => Promise.resolve(plans.get(hash) as Plan) },
  };
}
