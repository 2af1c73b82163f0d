/** What a failed activity means for its step. */
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { errorCodes, isErrorCode, type ErrorCode } from '@patchbay/errors';
import type { PlanOperationStep } from '@patchbay/flow-model/plan';
import type { OperationFailureDetails } from '../core/flow-run-contract.ts';
import type { OperationError } from '../core/index.ts';

/** Translates the failure of an operation activity. Throws on what no activity may give: that is a bug of ours. */
export function toOperationFailure(thrown: unknown, step: PlanOperationStep): OperationError {
  const cause = thrown instanceof ActivityFailure ? thrown.cause : thrown;
  const isOnce = step.effect === 'once';
  if (cause instanceof ApplicationFailure) {
    return fromApplicationFailure(cause, isOnce ? 'operation_outcome_unknown' : 'internal_error');
  }
  if (cause instanceof TimeoutFailure) {
    return errorOf(isOnce ? 'operation_outcome_unknown' : 'operation_timeout', { attempts: 1 });
  }
  if (cause instanceof Error && thrown instanceof ActivityFailure) {
    return errorOf('internal_error', { attempts: 1 });
  }
  throw thrown;
}

/** Least time to wait before the next attempt, as the failed one asked for; 0 if it did not. */
export function askedDelayMs(thrown: unknown): number {
  const cause = thrown instanceof ActivityFailure ? thrown.cause : thrown;
  return cause instanceof ApplicationFailure ? (detailsOf(cause).retryDelayMs ?? 0) : 0;
}

/** A type that is not ours comes from Temporal, for example when a worker ended in the middle of the call. */
function fromApplicationFailure(failure: ApplicationFailure, foreignCode: ErrorCode): OperationError {
  const code = isErrorCode(failure.type) ? failure.type : foreignCode;
  const { hint, retryable, attempts, details } = detailsOf(failure);
  return {
    ...errorOf(code, { attempts: attempts ?? 1 }),
    message: failure.message,
    ...(hint !== undefined && { hint }),
    ...(retryable !== undefined && { retryable }),
    ...(details !== undefined && { details }),
  };
}

function detailsOf(failure: ApplicationFailure): Partial<OperationFailureDetails> {
  const first: unknown = failure.details?.[0];
  return typeof first === 'object' && first !== null ? first : {};
}

function errorOf(code: ErrorCode, { attempts }: { attempts: number }): OperationError {
  const { message, hint } = errorCodes[code];
  return { code, message, hint, retryable: code === 'operation_timeout', attempts };
}
