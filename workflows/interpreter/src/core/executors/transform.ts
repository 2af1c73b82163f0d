import type { PlanTransformStep } from '@patchbay/flow-model/plan';
import type { Machine, StepContext } from '../machine.ts';
import { succeedStep } from '../step-end.ts';

/** Builds the value at once. */
export function runTransform(machine: Machine, context: StepContext, step: PlanTransformStep): void {
  succeedStep(machine, context, { output: machine.resolve(context.frame, step.output) });
}
