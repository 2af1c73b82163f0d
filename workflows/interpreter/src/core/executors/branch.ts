import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { PlanBranchStep } from '@patchbay/flow-model/plan';
import { isSameJson } from '../same-json.ts';
import type { Machine, StepContext } from '../machine.ts';
import { succeedStep } from '../step-end.ts';

/** Takes the port of the first case that holds, else `otherwise`. */
export function runBranch(machine: Machine, context: StepContext, step: PlanBranchStep): void {
  succeedStep(machine, context, { output: null, ports: [choosePort(machine, context, step)] });
}

function choosePort(machine: Machine, { frame }: StepContext, step: PlanBranchStep): string {
  const subject = step.mode === 'switch' ? machine.evaluate(frame, step.on ?? 'null') : true;
  for (const { id, when, label } of step.cases) {
    const value = machine.evaluate(frame, when);
    if (step.mode === 'if') assertBoolean(value, label);
    if (isSameJson(value, subject)) return id;
  }
  return 'otherwise';
}

function assertBoolean(value: JsonValue, label: string): void {
  if (typeof value === 'boolean') return;
  throw new AppError('expression_type', { message: `The condition of "${label}" does not give true or false.` });
}
