import type { Plan, PlanOperationStep } from '@patchbay/flow-model/plan';
import type { OperationError } from './messages.ts';

/** True if the step starts as a local activity (engine.md 5.1). */
export function startsLocally(plan: Plan, step: PlanOperationStep): boolean {
  return plan.mode === 'fast' && step.isLocal && step.effect !== 'once';
}

/** True if a local attempt that failed like this goes on as a normal activity. */
export function leavesFastMode(step: PlanOperationStep, error: OperationError): boolean {
  return error.retryable && step.resilience.maxRetries > 0;
}
