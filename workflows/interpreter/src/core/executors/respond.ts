import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { PlanRespondStep, RunReply } from '@patchbay/flow-model/plan';
import { assertFits } from '../approximate-size.ts';
import type { Machine, StepContext } from '../machine.ts';
import { succeedStep } from '../step-end.ts';

/** Sets the answer of the run, once. The run goes on. */
export function runRespond(machine: Machine, context: StepContext, step: PlanRespondStep): void {
  if (machine.state.reply) throw new AppError('reply_already_sent');
  const { frame, record } = context;
  const headers: Record<string, string> = {};
  for (const [name, binding] of Object.entries(step.headers ?? {})) {
    headers[name] = headerText(name, machine.resolve(frame, binding));
  }
  const reply: RunReply = {
    status: statusOf(machine.resolve(frame, step.status)),
    headers,
    body: step.body ? machine.resolve(frame, step.body) : null,
  };
  assertFits(reply.body, 'The answer');
  record.input = { ...reply };
  machine.state.reply = reply;
  machine.commands.push({ type: 'reply', reply });
  succeedStep(machine, context, { output: reply.body });
}

function statusOf(value: JsonValue): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new AppError('expression_type', { message: 'The status of an answer is a whole number from 200 to 599.' });
}

function headerText(name: string, value: JsonValue): string {
  if (typeof value === 'object') {
    throw new AppError('expression_type', { message: `The header ${name} needs a text.` });
  }
  return String(value);
}
