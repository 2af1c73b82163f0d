import { setImmediate } from 'node:timers/promises';
import { flowRunWorkflow, replyUpdate, type FlowRunAnswer } from '@patchbay/interpreter';
import { toJsonb } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcDeadlineError,
} from '@temporalio/client';
import { ulid } from 'ulid';
import { storeIfLarge } from '../storage/blob-repository.ts';
import {
  launchRun,
  startOperation,
  startOptions,
  toRunTrigger,
  workflowIdOf,
  type WorkflowStart,
} from './flow-run-workflow.ts';
import type { RunEngineDeps } from './run-deps.ts';
import { createRunRepository } from './run-repository.ts';
import type { RunTarget } from './run-target.ts';

/** A run to be started. */
export interface StartRunInput {
  readonly target: RunTarget;
  readonly trigger: JsonValue;
  readonly triggerKind: string;
  readonly isTest?: boolean;
  readonly only?: string;
  readonly scope?: JsonObject;
  /** A second request with the same key gives the first run; with another hash it is refused. */
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
  /** Run whose step calls this flow as a connector. */
  readonly parentRunId?: string;
}

/** A run that was accepted: from here on it runs to its end, whatever crashes. */
export interface StartedRun {
  readonly runId: string;
  /** True if it was started by an earlier request with the same key. */
  readonly isRepeated: boolean;
}

/** How a run that was waited for stands. */
export type RunAnswer = StartedRun & { readonly answer?: FlowRunAnswer };

/**
 * Starts a run and does not wait for it.
 *
 * @throws AppError `idempotency_conflict`, `service_unavailable` if neither database nor Temporal took the run.
 */
export function startRun(deps: RunEngineDeps, input: StartRunInput): Promise<StartedRun> {
  return begin(deps, input, async (start) => {
    try {
      await launchRun(deps, () => deps.temporal.workflow.start(flowRunWorkflow, startOptions(deps, start)));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    markRunning(deps, start);
    return undefined;
  });
}

/**
 * Starts a run and waits for its reply or its end; without `answer` it still goes on after `waitMs`.
 *
 * @throws AppError as {@link startRun}.
 */
export function startAndWait(deps: RunEngineDeps, input: StartRunInput, waitMs: number): Promise<RunAnswer> {
  return begin(deps, input, async (start) => {
    const answer = await executeAndWait(deps, start, waitMs);
    if (answer === undefined || answer.view.state === 'running') markRunning(deps, start);
    return answer;
  });
}

/** Temporal has the run; its row may say so a moment later. */
function markRunning(deps: RunEngineDeps, { target, runId }: WorkflowStart): void {
  deps.recorder.runChanged({ tenantId: target.tenantId, runId, state: 'running' });
}

type Launch = (start: WorkflowStart) => Promise<FlowRunAnswer | undefined>;

async function begin(deps: RunEngineDeps, input: StartRunInput, launch: Launch): Promise<RunAnswer> {
  const runId = ulid(deps.now().getTime());
  const { tenantId } = input.target;
  const [trigger, stored] = await Promise.all([
    toRunTrigger(deps, tenantId, input.trigger),
    storeIfLarge(deps.blobs, tenantId, input.trigger),
  ]);
  toJsonb(stored); // refuses what could not be stored before the run starts
  const start = toWorkflowStart(input, runId, trigger);
  const insert = () => insertRun(deps, input, { runId, triggerData: stored });
  if (!input.idempotency) return { runId, isRepeated: false, ...(await launchBeside(deps, { start, insert, launch })) };
  if (!(await insert())) return { ...(await repeatedRun(deps, input)), isRepeated: true };
  return { runId, isRepeated: false, ...(await launchAfter(deps, start, launch)) };
}

function toWorkflowStart(input: StartRunInput, runId: string, trigger: JsonValue): WorkflowStart {
  return {
    target: input.target,
    runId,
    trigger,
    triggerKind: input.triggerKind,
    isTest: input.isTest ?? false,
    ...(input.only !== undefined && { only: input.only }),
    ...(input.scope && { scope: input.scope }),
  };
}

function insertRun(
  deps: RunEngineDeps,
  input: StartRunInput,
  run: { runId: string; triggerData: JsonValue },
): Promise<boolean> {
  const { target } = input;
  return createRunRepository(deps.db.connection).insert({
    id: run.runId,
    tenantId: target.tenantId,
    flowId: target.flowId,
    flowName: target.flowName,
    versionId: target.versionId,
    version: target.version,
    planHash: target.plan.hash,
    workflowId: workflowIdOf({ ...target, runId: run.runId }),
    isTest: input.isTest ?? false,
    ...(input.only !== undefined && { onlyStep: input.only }),
    triggerKind: input.triggerKind,
    triggerData: run.triggerData,
    ...(input.idempotency && { idempotency: input.idempotency }),
    ...(input.parentRunId !== undefined && { parentRunId: input.parentRunId }),
    startedAt: deps.now(),
  });
}

/**
 * Row and workflow at the same time: either alone is enough. The worker writes a missing row when the run ends, and the
 * reconciler starts a missing workflow. The row is made while the call to Temporal is on its way: the caller waits for that.
 */
async function launchBeside(
  deps: RunEngineDeps,
  parts: { start: WorkflowStart; insert: () => Promise<boolean>; launch: Launch },
): Promise<{ answer?: FlowRunAnswer }> {
  const [row, launched] = await Promise.allSettled([setImmediate().then(parts.insert), parts.launch(parts.start)]);
  const context = { tenantId: parts.start.target.tenantId, runId: parts.start.runId };
  for (const result of [row, launched]) if (result.status === 'rejected') deps.onError(result.reason, context);
  if (launched.status === 'fulfilled') return launched.value ? { answer: launched.value } : {};
  if (row.status === 'fulfilled' && !isOurs(launched.reason)) return {};
  throw new AppError('service_unavailable', { message: 'The run could not be started.', cause: launched.reason });
}

async function launchAfter(
  deps: RunEngineDeps,
  start: WorkflowStart,
  launch: Launch,
): Promise<{ answer?: FlowRunAnswer }> {
  try {
    const answer = await launch(start);
    return answer ? { answer } : {};
  } catch (error) {
    deps.onError(error, { tenantId: start.target.tenantId, runId: start.runId });
    return {};
  }
}

/** A mistake in our own call would fail again at the reconciler. */
function isOurs(error: unknown): boolean {
  return error instanceof TypeError;
}

async function repeatedRun(
  deps: RunEngineDeps,
  input: StartRunInput,
): Promise<{ runId: string; answer?: FlowRunAnswer }> {
  const { target, idempotency } = input;
  const existing = await createRunRepository(deps.db.connection).findByKey(
    target.tenantId,
    target.flowId,
    idempotency?.key ?? '',
  );
  if (!existing)
    throw new AppError('service_unavailable', { message: 'The first request with this key is being handled.' });
  if (existing.request_hash !== idempotency?.requestHash) {
    throw new AppError('idempotency_conflict', { details: { runId: existing.id } });
  }
  return { runId: existing.id };
}

async function executeAndWait(
  deps: RunEngineDeps,
  start: WorkflowStart,
  waitMs: number,
): Promise<FlowRunAnswer | undefined> {
  const execute = () =>
    deps.temporal.workflow.executeUpdateWithStart<never, FlowRunAnswer, []>(replyUpdate, {
      args: [],
      startWorkflowOperation: startOperation(deps, start) as never, // the workflow is named, its type is not imported here
    });
  return launchRun(deps, () => withinTime(deps, waitMs, execute));
}

/** Asks a run again for its reply; undefined if it has none within `waitMs` or has ended long ago. */
export function awaitAnswer(
  deps: RunEngineDeps,
  workflowId: string,
  waitMs: number,
): Promise<FlowRunAnswer | undefined> {
  return withinTime(deps, waitMs, () =>
    deps.temporal.workflow.getHandle(workflowId).executeUpdate<FlowRunAnswer, []>(replyUpdate),
  );
}

async function withinTime<Result>(
  deps: RunEngineDeps,
  waitMs: number,
  call: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await deps.temporal.withDeadline(Date.now() + waitMs, call);
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error)) return undefined;
    throw error;
  }
}
