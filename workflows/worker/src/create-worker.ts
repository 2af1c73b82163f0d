/** A Temporal worker with our activities and sinks, on whatever services it is given. */
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { PayloadCodec } from '@temporalio/common';
import type { RunRecorder } from '@patchbay/flows';
import type { ClosedRun } from '@patchbay/interpreter';
import { failureConverterPath } from './build-workflow-bundle.ts';
import { createInterpreterActivities, type InterpreterServices } from './interpreter-activities.ts';
import { createOperationActivity } from './operation/operation-activity.ts';
import { createRetirementActivities, type RetirementServices } from './retirement-activities.ts';
import type { OperationServices } from './operation/operation-services.ts';
import type { WorkerRole } from './worker-config.ts';

/** Services of a whole worker. */
export type WorkerServices = OperationServices &
  InterpreterServices & { readonly retirement: RetirementServices } & {
    readonly recorder: Pick<RunRecorder, 'attemptStarted' | 'attemptEnded' | 'runClosed'>;
  };

/** What a worker is made of. */
export interface CreateWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly role: WorkerRole;
  /** Code of the workflow bundle. */
  readonly workflowBundle: string;
  readonly payloadCodecs: readonly PayloadCodec[];
  readonly services: WorkerServices;
  readonly limits: WorkerLimits;
  /** Further activities, for tests and benches. */
  readonly activities?: Readonly<Record<string, (...args: never[]) => unknown>>;
}

/** How much one worker does at once. */
export interface WorkerLimits {
  readonly maxActivities: number;
  readonly maxWorkflowTasks: number;
  readonly maxCachedRuns: number;
}

/** Longest time between two heartbeats that are really sent: how fast a cancellation reaches an operation. */
const heartbeatThrottleMs = 1_500;
/** How long a run waits for the worker that has it in memory before any other may go on with it. */
const stickyMs = 5_000;
/** Time a worker that ends gives its operations. */
const graceMs = 8_000;
const forceMs = 10_000;

/** Makes the worker; `run()` starts it. */
export function createWorker(options: CreateWorkerOptions): Promise<Worker> {
  const { connection, namespace, taskQueue, services, limits, role } = options;
  const base: WorkerOptions = {
    connection,
    namespace,
    taskQueue,
    dataConverter: { payloadCodecs: [...options.payloadCodecs], failureConverterPath: failureConverterPath() },
    shutdownGraceTime: graceMs,
    shutdownForceTime: forceMs,
    maxHeartbeatThrottleInterval: heartbeatThrottleMs,
    defaultHeartbeatThrottleInterval: heartbeatThrottleMs,
  };
  return Worker.create({
    ...base,
    ...(role !== 'flows' && operationOptions(options)),
    ...(role !== 'ops' && {
      workflowBundle: { code: options.workflowBundle },
      maxCachedWorkflows: limits.maxCachedRuns,
      stickyQueueScheduleToStartTimeout: stickyMs,
      maxConcurrentWorkflowTaskExecutions: limits.maxWorkflowTasks,
      reuseV8Context: true,
      // Workflows on the main thread: between two threads each go of a workflow waits for three messages (decision 0061).
      debugMode: true,
      sinks: createSinks(services),
    }),
    ...(role === 'flows' && {
      // Fast mode and the interpreter's own activities run beside the workflow; normal operations go to `ops`.
      activities: { ...createInterpreterActivities(services), default: createOperationActivity(services) },
      maxConcurrentLocalActivityExecutions: limits.maxActivities,
      enableNonLocalActivities: false,
    }),
  });
}

function operationOptions({ services, limits, activities = {} }: CreateWorkerOptions): Partial<WorkerOptions> {
  return {
    activities: {
      ...createInterpreterActivities(services),
      ...createRetirementActivities(services.retirement),
      ...activities,
      default: createOperationActivity(services),
    },
    maxConcurrentActivityTaskExecutions: limits.maxActivities,
    maxConcurrentLocalActivityExecutions: limits.maxActivities,
    maxConcurrentActivityTaskPolls: 4,
  };
}

function createSinks({ recorder }: Pick<WorkerServices, 'recorder'>): NonNullable<WorkerOptions['sinks']> {
  return {
    runRecord: {
      closed: {
        fn: (_info: unknown, run: ClosedRun) => {
          recorder.runClosed(run);
        },
        callDuringReplay: false,
      },
    },
  };
}
