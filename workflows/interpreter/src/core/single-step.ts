import { AppError } from '@patchbay/errors';
import type { Plan } from '@patchbay/flow-model/plan';

/** The same plan reduced to one step (a container with its scopes), for a step test. Throws `step_not_found`. */
export function singleStepPlan(plan: Plan, key: string): Plan {
  if (!plan.steps[key]) throw new AppError('step_not_found', { details: { step: key } });
  return { ...plan, scopes: { ...plan.scopes, root: { steps: [key], edges: [] } } };
}
