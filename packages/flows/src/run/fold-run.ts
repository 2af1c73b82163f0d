import {
  foldHistory,
  singleStepPlan,
  toHistoryEvents,
  toPendingOperations,
  type FlowRunInput,
  type PendingOperation,
  type RawHistoryEvent,
} from '@patchbay/interpreter';
import type { Plan, RunView } from '@patchbay/flow-model/plan';
import { createPlanRepository } from '../flow/plan-repository.ts';
import { createPayloadDecoder } from '../temporal/decode-payload.ts';
import { HistoryReader, isWorkflowNotFound } from '../temporal/history-reader.ts';
import type { RunEngineDeps } from './run-deps.ts';

/** The run a history belongs to, as its row says it. */
export interface FoldedRun {
  readonly tenantId: string;
  readonly versionId: string;
  readonly planHash: string;
  readonly workflowId: string;
}

/** Folds the history of a run as it is now; undefined if Temporal does not know the run (not yet, or not any more). */
export async function foldRun(deps: RunEngineDeps, run: FoldedRun): Promise<RunView | undefined> {
  const reader = new HistoryReader(deps.temporal, run.workflowId);
  try {
    const [pending] = await Promise.all([readPendingActivities(deps, run.workflowId), reader.readAll()]);
    return await foldExecutions(deps, run, { executions: reader.executions, pending });
  } catch (error) {
    if (isWorkflowNotFound(error)) return undefined;
    throw error;
  }
}

/** Activities that Temporal is working on; empty once the run has ended. */
export async function readPendingActivities(deps: RunEngineDeps, workflowId: string): Promise<readonly object[]> {
  const { raw } = await deps.temporal.workflow.getHandle(workflowId).describe();
  return raw.pendingActivities ?? [];
}

/** Everything Temporal says about a run. */
export interface RawRun {
  readonly executions: readonly (readonly RawHistoryEvent[])[];
  readonly pending: readonly object[];
}

/** Folds events that were read before. */
export async function foldExecutions(deps: RunEngineDeps, run: FoldedRun, raw: RawRun): Promise<RunView> {
  const decode = createPayloadDecoder(deps.temporal);
  const input = await readInput(raw.executions[0] ?? [], decode);
  if (!input) return { state: 'queued', steps: [] };
  const whole =
    input.plan ?? (await createPlanRepository(deps.db.connection).load(run.tenantId, run.versionId, run.planHash));
  const plan = input.only === undefined ? whole : singleStepPlan(whole, input.only);
  const events = await Promise.all(raw.executions.map((execution) => toHistoryEvents(plan, execution, decode)));
  return foldHistory(plan, {
    runId: input.runId,
    trigger: input.trigger,
    ...(input.scope && { seeds: input.scope }),
    events: events.flat(),
    pending: await readPending(plan, raw.pending, decode),
  });
}

type Decode = ReturnType<typeof createPayloadDecoder>;

function readPending(plan: Plan, activities: readonly object[], decode: Decode): Promise<PendingOperation[]> {
  return toPendingOperations(plan, activities as readonly Readonly<Record<string, unknown>>[], decode);
}

async function readInput(events: readonly RawHistoryEvent[], decode: Decode): Promise<FlowRunInput | undefined> {
  const started = events[0]?.['workflowExecutionStartedEventAttributes'] as
    { input?: { payloads?: readonly Record<string, unknown>[] } } | null | undefined;
  const payload = started?.input?.payloads?.[0];
  return payload && ((await decode(payload)) as FlowRunInput);
}
