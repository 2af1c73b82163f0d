/** The run view, folded from a history with the same machine that ran the flow. */
import type { Plan, PlanOperationStep, RunView, StepRecord } from '@patchbay/flow-model/plan';
import { leavesFastMode } from './fast-mode.ts';
import type { HistoryEvent, PendingOperation } from './history-events.ts';
import type { MachineEvent } from './messages.ts';
import type { RunOutcome } from './machine-state.ts';
import { createRun, type RunMachine, type RunStart } from './run-machine.ts';
import { runView } from './run-view.ts';

/** A history and what is known beside it. */
export interface RunHistory extends RunStart {
  /** All events of the run, over continue-as-new, in order. */
  readonly events: readonly HistoryEvent[];
  readonly pending?: readonly PendingOperation[];
}

/**
 * Folds a history into the run view. Steps that leave no event (branches, transforms) come out of the fold.
 * Facts that do not fit the plan are passed over: a view of an odd history is better than none.
 */
export function foldHistory(plan: Plan, history: RunHistory): RunView {
  const machine = createRun(plan, history);
  const first = history.events[0];
  if (!first) return { state: 'queued', steps: [] };
  settle(machine, { type: 'start' }, first);
  const scheduled = new Map<string, number>();
  let closed: RunOutcome | undefined;
  let endedAt: number | undefined;
  for (const event of history.events) {
    if (event.type === 'operationScheduled') {
      if (!scheduled.has(event.path)) scheduled.set(event.path, event.at);
    } else if (event.type === 'runClosed') {
      failOpenStep(machine, event);
      // The machine knows the output as it was; the server, how it really ended (a termination, for example).
      closed = machine.outcome?.state === event.outcome.state ? machine.outcome : event.outcome;
      endedAt = event.at;
    } else if (event.type !== 'runStarted' && !isLeavingFastMode(plan, machine, event)) {
      settle(machine, event, event);
    }
  }
  const steps = machine.records().map((record) => exactTimes(record, scheduled));
  return runView(machine, { steps: withPending(steps, history.pending ?? []), outcome: closed, endedAt });
}

function settle(
  machine: RunMachine,
  event: MachineEvent | { type: 'start' },
  { at, seenAt = at }: { readonly at: number; readonly seenAt?: number },
): void {
  if (event.type === 'start') machine.start(at, seenAt);
  else if (!machine.outcome) machine.advance(event, at, seenAt);
  while (machine.isYielding && !machine.outcome) machine.advance({ type: 'resume' }, at, seenAt);
}

/** A step whose failure left no trace of its own: its error is that of the run. */
function failOpenStep(machine: RunMachine, { outcome, at }: Extract<HistoryEvent, { type: 'runClosed' }>): void {
  const { error } = outcome;
  if (outcome.state !== 'failed' || !error || machine.outcome) return;
  settle(machine, { type: 'operationFailed', path: error.stepPath, error }, { at });
}

function isLeavingFastMode(plan: Plan, machine: RunMachine, event: HistoryEvent): boolean {
  if (event.type !== 'operationFailed' || !event.isLocal) return false;
  const step = plan.steps[machine.record(event.path)?.key ?? ''];
  return step?.kind === 'operation' && leavesFastMode(step satisfies PlanOperationStep, event.error);
}

function exactTimes(record: StepRecord, scheduled: ReadonlyMap<string, number>): StepRecord {
  const startedAt = scheduled.get(record.path);
  return startedAt === undefined ? record : { ...record, startedAt };
}

function withPending(steps: readonly StepRecord[], pending: readonly PendingOperation[]): readonly StepRecord[] {
  if (pending.length === 0) return steps;
  const byPath = new Map(pending.map((operation) => [operation.path, operation]));
  return steps.map((step) => {
    const operation = byPath.get(step.path);
    if (!operation || step.state !== 'running') return step;
    const error = operation.lastError && { ...operation.lastError, stepPath: step.path };
    const state = operation.attempt > 1 ? 'retrying' : 'running';
    return { ...step, state, attempts: operation.attempt, ...(error && { error }) };
  });
}
