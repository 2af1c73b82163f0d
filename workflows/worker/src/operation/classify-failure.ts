/** From an AppError to what Temporal is told. The only file that decides whether an attempt is repeated. */
import { ApplicationFailure } from '@temporalio/common';
import { AppError, isErrorCode, toAppError, type ErrorCode } from '@patchbay/errors';
import type { OperationCall, OperationFailureDetails } from '@patchbay/interpreter';

/** Longest pause an external system may ask for. */
const maxRetryAfterMs = 3_600_000;
/** Details above this are dropped: Temporal keeps failures of pending activities in memory. */
const maxDetailsLength = 2_048;

/** Longest message of a failure, in characters. */
const maxMessageLength = 2_000;

const unknownOutcomes: ReadonlySet<ErrorCode> = new Set([
  'operation_timeout',
  'operation_cancelled',
  'network_error',
  'plugin_crashed',
  'plugin_protocol_error',
]);

/** An attempt that failed. */
export interface FailedAttempt {
  readonly call: OperationCall;
  /** Attempts so far, lost ones included. */
  readonly number: number;
  /** Failures so far, this one included. */
  readonly failures: number;
}

/**
 * The error of the step: for a `once` operation that may have taken effect, `operation_outcome_unknown` stands in its
 * place.
 */
export function errorOfAttempt(thrown: unknown, { effect }: Pick<OperationCall, 'effect'>): AppError {
  const error = toAppError(thrown);
  const wasSent = error.details['wasSent'] !== false;
  if (effect !== 'once' || !wasSent || !unknownOutcomes.has(error.code)) return error;
  return new AppError('operation_outcome_unknown', {
    message: `It is not known whether the call took effect: ${error.message}`,
    details: { ...error.details, reason: error.code },
    cause: error,
  });
}

/** Tells Temporal whether and when to try again. */
export function toApplicationFailure(error: AppError, attempt: FailedAttempt): ApplicationFailure {
  const { call, failures } = attempt;
  const isLast = call.effect === 'once' || failures > call.resilience.maxRetries;
  const canRepeat = isRepeatable(error) && !isLast;
  const delayMs = canRepeat ? retryDelayMs(error, attempt) : 0;
  return ApplicationFailure.create({
    message: error.message.slice(0, maxMessageLength),
    type: error.code,
    nonRetryable: !canRepeat,
    details: [detailsOf(error, attempt, delayMs)],
    ...(delayMs > 0 && { nextRetryDelay: delayMs }),
  });
}

/** True if the same call may succeed later. A connector's error table may overrule the kind. */
export function isRepeatable(error: AppError): boolean {
  const overruled = error.details['isRetryable'];
  return typeof overruled === 'boolean' ? overruled : error.isRetryable;
}

function retryDelayMs(error: AppError, { call, failures }: FailedAttempt): number {
  const { retryDelayMs: base, backoff } = call.resilience;
  const factors = { none: 1, linear: failures, exponential: 2 ** (failures - 1) };
  const asked = error.details['retryAfterMs'];
  const own = Math.min(base * factors[backoff], maxRetryAfterMs);
  return Math.ceil(typeof asked === 'number' ? Math.max(own, Math.min(asked, maxRetryAfterMs)) : own);
}

function detailsOf(error: AppError, attempt: FailedAttempt, delayMs: number): OperationFailureDetails {
  const { call: _call, wasSent: _wasSent, isRetryable: _isRetryable, ...shown } = error.details;
  const text = JSON.stringify(shown);
  const isShown = text !== '{}' && text.length <= maxDetailsLength;
  return {
    path: attempt.call.path,
    hint: error.hint,
    retryable: isErrorCode(error.code) && isRepeatable(error),
    attempts: attempt.number,
    ...(delayMs > 0 && { retryDelayMs: delayMs }),
    ...(isShown && { details: JSON.parse(text) as NonNullable<OperationFailureDetails['details']> }),
  };
}
