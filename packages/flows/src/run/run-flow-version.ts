import { AppError, isErrorCode } from '@patchbay/errors';
import type { FlowRunAnswer } from '@patchbay/interpreter';
import type { JsonValue } from '@patchbay/flow-model';
import { hashOf } from '../flow/flow-content.ts';
import { createFlowRepository } from '../flow/flow-repository.ts';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import { createPlanRepository } from '../flow/plan-repository.ts';
import { isWorkflowNotFound } from '../temporal/history-reader.ts';
import { readRun } from './read-run.ts';
import type { RunEngineDeps } from './run-deps.ts';
import { depthOfRun } from './run-depth-repository.ts';
import { createRunRepository } from './run-repository.ts';
import { awaitAnswer, startAndWait } from './start-run.ts';

/** A step of one flow that runs another one, by its exact version. */
export interface FlowCall {
  /** Tenant that the called flow belongs to and runs in. */
  readonly tenantId: string;
  readonly flowVersionId: string;
  readonly trigger: JsonValue;
  /** The same for every attempt of the step: a repeated attempt waits for the run of the first. */
  readonly idempotencyKey: string;
  /** Run that the step belongs to. */
  readonly parentRunId: string;
  readonly signal: AbortSignal;
}

/** What the called flow gave. */
export interface FlowCallResult {
  readonly runId: string;
  readonly output: JsonValue;
}

/** Deepest chain of flows that call each other. */
const deepest = 8;
/** Said once, also when the called flow had called another one. */
const calledFlow = 'The called flow';
/** Time of one wait; until the caller's own time is over it is asked again. */
const waitMs = 25_000;

/**
 * Runs a flow version and waits for its reply, or its output if it sends none.
 *
 * @throws AppError the error of the run; `flow_not_found`, `call_too_deep`, `operation_cancelled`, `service_unavailable`.
 */
export async function runFlowVersion(deps: RunEngineDeps, call: FlowCall): Promise<FlowCallResult> {
  await assertNotTooDeep(deps, call.parentRunId);
  const { connection } = deps.db;
  const version = await createFlowVersionRepository(connection).get(call.tenantId, call.flowVersionId);
  const flow = await createFlowRepository(connection).get(call.tenantId, version.flow_id);
  const plan = await createPlanRepository(connection).load(call.tenantId, version.id, version.plan_hash);
  const target = {
    ...{ tenantId: call.tenantId, flowId: flow.id, flowName: flow.name, plan },
    ...{ versionId: version.id, version: version.number },
  };
  const idempotency = { key: `connector-${call.idempotencyKey}`, requestHash: hashOf(call.trigger) };
  const started = await startAndWait(
    deps,
    { target, trigger: call.trigger, triggerKind: 'connector', idempotency, parentRunId: call.parentRunId },
    waitMs,
  );
  const ended = await waitForEnd(deps, call, started);
  return { runId: started.runId, output: outputOf(ended, started.runId) };
}

/** A flow that calls itself, directly or through others, ends with an error and not with the machine. */
async function assertNotTooDeep(deps: RunEngineDeps, parentRunId: string): Promise<void> {
  const depth = await depthOfRun(deps.db.connection, parentRunId, deepest + 1);
  if (depth <= deepest) return;
  throw new AppError('call_too_deep', { details: { deepest } });
}

async function waitForEnd(
  deps: RunEngineDeps,
  call: FlowCall,
  started: { readonly runId: string; readonly answer?: FlowRunAnswer },
): Promise<FlowRunAnswer> {
  let { answer } = started;
  while (answer === undefined || (answer.view.state === 'running' && answer.reply === undefined)) {
    if (call.signal.aborted) throw new AppError('operation_cancelled', { details: { runId: started.runId } });
    answer = await askAgain(deps, call.tenantId, started.runId);
  }
  return answer;
}

async function askAgain(deps: RunEngineDeps, tenantId: string, runId: string): Promise<FlowRunAnswer | undefined> {
  const row = await createRunRepository(deps.db.connection).get(tenantId, runId);
  if (!row.ended_at) {
    try {
      return await awaitAnswer(deps, row.workflow_id, waitMs);
    } catch (error) {
      // Ended since: the folded run says how.
      if (!isWorkflowNotFound(error)) throw error;
    }
  }
  const run = await readRun(deps, tenantId, runId);
  const { state, output, error, reply } = run;
  return {
    view: { state, ...(output !== undefined && { output: output as JsonValue }), ...(error && { error }) },
    ...(reply && { reply: { ...reply, body: reply.body as JsonValue } }),
  } as FlowRunAnswer;
}

function outputOf(answer: FlowRunAnswer, runId: string): JsonValue {
  if (answer.reply !== undefined) return answer.reply.body ?? null;
  const { view } = answer;
  if (view.state === 'succeeded') return view.output ?? null;
  const { code = 'run_failed', message = `${calledFlow} failed.` } = view.error ?? {};
  throw new AppError(isErrorCode(code) ? code : 'run_failed', {
    message: message.startsWith(calledFlow) ? message : `${calledFlow} ended ${view.state}: ${message}`,
    details: { runId, isRetryable: false },
  });
}
