/** Failures as a `catch` scope and the run view see them. */
import { isAppError, type AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { StepError } from '@patchbay/flow-model/plan';

/**
 * Turns what evaluation threw into a step failure. Anything that is not an AppError is a bug of ours and is thrown on:
 * the workflow task fails and is repeated, never the user's run.
 */
export function toStepError(thrown: unknown, stepPath: string): StepError {
  if (!isAppError(thrown)) throw thrown;
  return fromAppError(thrown, stepPath);
}

/** The same for an error that is known to be ours. */
export function fromAppError(error: AppError, stepPath: string): StepError {
  return {
    code: error.code,
    message: error.message,
    hint: error.hint,
    retryable: false,
    attempts: 0,
    stepPath,
    ...(Object.keys(error.details).length > 0 && { details: error.details as JsonValue }),
  };
}
