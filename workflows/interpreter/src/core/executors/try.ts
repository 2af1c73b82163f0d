import type { PlanTryStep, StepError } from '@patchbay/flow-model/plan';
import type { FrameState } from '../machine-state.ts';
import { errorValue, type Machine, type StepContext } from '../machine.ts';
import { cancelStep, dropFrame, failStep, succeedStep } from '../step-end.ts';

/** Opens the body. Paths inside stay those of the enclosing frame: keys are unique in the flow. */
export function startTry(machine: Machine, context: StepContext, step: PlanTryStep): void {
  openScope(machine, context, { scope: `${step.key}.body` });
}

/** Ends the step, or opens the catch scope when the body failed. */
export function closeTryFrame(machine: Machine, context: StepContext, frame: FrameState): void {
  const { error } = frame;
  const output = machine.outputOf(frame);
  dropFrame(machine, frame);
  const isBody = frame.scope === `${context.step.key}.body`;
  if (error && (!isBody || machine.isStopped(context.frame))) failStep(machine, context, error);
  else if (machine.isStopped(context.frame)) cancelStep(machine, context);
  else if (error) openCatch(machine, context, error);
  else succeedStep(machine, context, { output });
}

function openCatch(machine: Machine, context: StepContext, error: StepError): void {
  openScope(machine, context, { scope: `${context.step.key}.catch`, locals: { error: errorValue(error) } });
}

function openScope(
  machine: Machine,
  { frame, step }: StepContext,
  part: { readonly scope: string; readonly locals?: FrameState['locals'] },
): void {
  const { scope, locals = {} } = part;
  const parent = { frame: frame.id, key: step.key };
  machine.openFrame({ id: frame.prefix + scope, scope, prefix: frame.prefix, parent, locals });
}
