import type { JsonValue } from '@patchbay/flow-model';
import type { InFlight } from './machine-state.ts';
import type { Machine, StepContext } from './machine.ts';
import type { MachineEvent } from './messages.ts';
import { beginEnding, cancelStep, failStep, succeedStep } from './step-end.ts';
import { errorCodes } from '@patchbay/errors';

/** Brings an event into the state. */
export function applyEvent(machine: Machine, event: MachineEvent): void {
  switch (event.type) {
    case 'resume':
      break;
    case 'cancelRequested':
      cancelRun(machine);
      break;
    case 'timerFired':
      settleInFlight(machine, { path: event.path, kind: 'sleep' }, (context) => {
        succeedStep(machine, context, { output: null });
      });
      break;
    case 'operationCompleted':
      completeOperation(machine, event);
      break;
    case 'operationFailed':
      settleInFlight(machine, { path: event.path, kind: 'operation' }, (context) => {
        context.record.attempts = event.error.attempts;
        failStep(machine, context, { ...event.error, stepPath: context.path });
      });
      break;
    case 'operationCancelled':
      // Only a run that ends cancels operations; if nobody told us yet, this is the news.
      cancelRun(machine);
      settleInFlight(machine, { path: event.path, kind: 'operation' }, (context) => {
        cancelStep(machine, context);
      });
      break;
  }
}

function cancelRun(machine: Machine): void {
  const { message, hint } = errorCodes.run_cancelled;
  const error = { code: 'run_cancelled', message, hint, retryable: false, attempts: 0, stepPath: '' };
  if (!machine.state.outcome) beginEnding(machine, { state: 'cancelled', error });
}

function completeOperation(
  machine: Machine,
  event: { readonly path: string; readonly output: JsonValue; readonly attempts: number },
): void {
  settleInFlight(machine, { path: event.path, kind: 'operation' }, (context) => {
    context.record.attempts = event.attempts;
    succeedStep(machine, context, { output: event.output });
  });
}

function settleInFlight(
  machine: Machine,
  expected: { readonly path: string; readonly kind: InFlight['kind'] },
  settle: (context: StepContext) => void,
): void {
  const waiting = machine.state.inFlight[expected.path];
  if (waiting?.kind !== expected.kind) return;
  Reflect.deleteProperty(machine.state.inFlight, expected.path);
  settle(machine.contextOf(machine.frame(waiting.frame), waiting.key));
}
