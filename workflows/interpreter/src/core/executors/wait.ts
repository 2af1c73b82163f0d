import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { PlanWaitStep } from '@patchbay/flow-model/plan';
import { instantMs, durationMs } from '../duration.ts';
import type { Machine, StepContext } from '../machine.ts';
import { succeedStep } from '../step-end.ts';

/** Work of one timer in a go. */
const workPerTimer = 4_000;
/** Longest wait: ten years. */
const maxWaitMs = 10 * 365 * 86_400_000;

/** Asks the driver for a timer; a time that has passed needs none. */
export function startWait(machine: Machine, context: StepContext, step: PlanWaitStep): void {
  const { frame, path, record } = context;
  const ms = Math.ceil(remainingMs(machine, context, step));
  record.input = { ms: Math.max(ms, 0) };
  if (ms <= 0) {
    succeedStep(machine, context, { output: null });
    return;
  }
  record.state = 'waiting';
  machine.work -= workPerTimer;
  machine.state.inFlight[path] = { frame: frame.id, key: step.key, kind: 'sleep', until: machine.now + ms };
  machine.commands.push({ type: 'sleep', path, ms });
}

function remainingMs(machine: Machine, { frame }: StepContext, step: PlanWaitStep): number {
  const { wait } = step;
  const ms =
    'until' in wait
      ? instantMs(asText(machine.resolve(frame, wait.until))) - machine.clock
      : durationMs(machine.resolve(frame, wait.durationSeconds));
  if (ms <= maxWaitMs) return ms;
  throw new AppError('expression_type', { message: `"${step.title}" would wait longer than ten years.` });
}

function asText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  throw new AppError('expression_type', {
    message: 'The instant to wait for is not a text like 2026-01-31T12:00:00Z.',
  });
}
