import type { OperationCall as RuntimeCall } from '@patchbay/connector-runtime';
import { AppError } from '@patchbay/errors';
import type { OperationCall } from '@patchbay/interpreter';
import { idempotencyKey } from './idempotency-key.ts';
import type { Attempt, OperationServices } from './operation-services.ts';

type JsonObject = RuntimeCall['input'];
type JsonValue = JsonObject[string];

/** One attempt of a step whose connector is a flow. */
export interface FlowAttempt {
  readonly call: OperationCall;
  readonly attempt: Attempt;
  readonly flow: NonNullable<RuntimeCall['manifest']['flow']>;
  readonly input: JsonObject;
}

/**
 * Runs the flow that a connector was made from, by its exact version and in the tenant of its owner, as if its webhook had been called with
 * the input as body. Throws the error of that run, `operation_timeout`, `operation_cancelled`, `call_too_deep`.
 */
export async function runFlow(
  services: OperationServices,
  { call, attempt, flow, input }: FlowAttempt,
): Promise<JsonValue> {
  const timeout = AbortSignal.timeout(call.resilience.timeoutMs);
  const body = flow.bodyField === undefined ? input : (input[flow.bodyField] ?? null);
  const running = services.flowCalls.run({
    tenantId: flow.tenantId,
    flowVersionId: flow.flowVersionId,
    trigger: { body, query: {}, headers: {}, method: 'POST' },
    idempotencyKey: idempotencyKey(attempt.workflowId, call.path),
    parentRunId: call.runId,
    signal: AbortSignal.any([attempt.signal, timeout]),
  });
  return (await Promise.race([running, whenAborted(timeout)])).output;
}

/** The wait of a run is not cut off in between; the step still ends when its time is over. */
function whenAborted(timeout: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    timeout.addEventListener('abort', () => {
      reject(
        new AppError('operation_timeout', { message: 'The called flow did not answer in time; it goes on by itself.' }),
      );
    });
  });
}
