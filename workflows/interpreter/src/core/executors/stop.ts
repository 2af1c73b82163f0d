import type { JsonValue } from '@patchbay/flow-model';
import type { PlanStopStep } from '@patchbay/flow-model/plan';
import { errorCodes } from '@patchbay/errors';
import { closeRecord, type Machine, type StepContext } from '../machine.ts';
import { beginEnding, leaveFrame } from '../step-end.ts';

/** Longest message of a stop, in characters. */
const maxMessageLength = 4_000;

/** Ends the whole run, from whatever depth. Steps in flight on parallel branches are cancelled. */
export function runStop(machine: Machine, context: StepContext, step: PlanStopStep): void {
  const { frame, record, path } = context;
  const output = step.output ? machine.resolve(frame, step.output) : null;
  const { message, hint } = errorCodes.flow_stopped;
  const text = step.message ? asText(machine.resolve(frame, step.message)) : message;
  record.takenPorts = [];
  record.output = output;
  closeRecord(machine, record, 'succeeded');
  if (step.outcome === 'succeeded') beginEnding(machine, { state: 'succeeded', output });
  else {
    const error = { code: 'flow_stopped', message: text, hint, retryable: false, attempts: 0, stepPath: path };
    beginEnding(machine, { state: 'failed', error });
  }
  leaveFrame(machine, frame);
}

function asText(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= maxMessageLength ? text : `${text.slice(0, maxMessageLength)}…`;
}
