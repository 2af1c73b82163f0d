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
  const endedAt = known.endedAt ?? machine.state.endedAt;
  const { startedAt } = machine.state;
  const steps = known.steps ?? machine.records();
  return {
    state: outcome?.state ?? 'running',
    startedAt,
    steps: outcome ? steps.map((step) => closeOpen(step, endedAt ?? startedAt)) : steps,
    ...(endedAt !== undefined && { endedAt }),
    ...(outcome?.output !== undefined && { output: outcome.output }),
    ...(outcome?.error && outcome.state !== 'succeeded' && { error: outcome.error }),
    ...(machine.reply && { reply: machine.reply }),
  };
}

/** A run that was terminated leaves steps behind that will never end. */
function closeOpen(step: StepRecord, at: number): StepRecord {
  const isOpen = step.state === 'running' || step.state === 'waiting' || step.state === 'retrying';
  return isOpen ? { ...step, state: 'cancelled', endedAt: at } : step;
}
