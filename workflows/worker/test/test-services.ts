/** Services of a worker without database: operations are functions of the test, large values stay in memory. */
import { randomUUID } from 'node:crypto';
import { AppError } from '@patchbay/errors';
import type { ClosedRun, FlowRunInput } from '@patchbay/interpreter';
import type { WorkerServices } from '../src/create-worker.ts';

type RuntimeCall = Parameters<WorkerServices['runtime']['invoke']>[0];
type Plan = NonNullable<FlowRunInput['plan']>;

/** Any JSON. */
export type JsonValue = RuntimeCall['input'][string];

/** An operation of the test. */
export type TestOperation = (call: RuntimeCall) => Promise<JsonValue> | JsonValue;

/** What the recorder was told. */
export interface Recorded {
  readonly attempts: Parameters<WorkerServices['recorder']['attemptEnded']>[0][];
  readonly closed: ClosedRun[];
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
    versions: { assertRunnable: () => Promise.resolve() },
    flowCalls: { run: () => Promise.reject(new AppError('flow_not_found')) },
    retirement: { retireDue: () => Promise.resolve(0) },
    manifests: { manifestFor: () => Promise.resolve({} as RuntimeCall['manifest']) },
    credentials: {
      read: (_tenant, connectionId) =>
        Promise.resolve({
          connectionId,
          connectorSlug: 'test',
          authType: 'api_key',
          credentials: { key: 'planted-secret' },
          enabled: connectionId !== 'disabled',
          authorization: connectionId === 'refused' ? ('reauth_required' as const) : ('authorized' as const),
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
      runClosed: (run) => recorded.closed.push(run),
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
