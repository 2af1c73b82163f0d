import type { RunView, StepRecord } from '@patchbay/flow-model/plan';
import type { RunMachine } from './run-machine.ts';
import type { RunOutcome } from './machine-state.ts';

/** What the server knows of a run's end, where it is more exact than the machine. */
export interface KnownEnd {
  readonly steps?: readonly StepRecord[];
  readonly outcome?: RunOutcome | undefined;
  readonly endedAt?: number | undefined;
}

/** The run as people see it. */
export function runView(machine: RunMachine, known: KnownEnd = {}): RunView {
  const outcome = known.outcome ?? machine.outcome;
  const { startedAt, endedAt = startedAt } = machine.state;
  const steps = known.steps ?? machine.records();
  const reply = machine.reply && { reply: machine.reply };
  if (!outcome) return { state: 'running', startedAt, steps, ...reply };
  const ended = known.endedAt ?? endedAt;
  return {
    state: outcome.state,
    startedAt,
    steps: steps.map((step) => closeOpen(step, ended)),
    endedAt: ended,
    ...endOf(outcome),
    ...reply,
  };
}

function endOf({ state, output, error }: RunOutcome): Pick<RunView, 'output' | 'error'> {
  return { ...(output !== undefined && { output }), ...(error && state !== 'succeeded' && { error }) };
}

/** A run that was terminated leaves steps behind that will never end. */
function closeOpen(step: StepRecord, at: number): StepRecord {
  const isOpen = step.state === 'running' || step.state === 'waiting' || step.state === 'retrying';
  return isOpen ? { ...step, state: 'cancelled', endedAt: at } : step;
}
