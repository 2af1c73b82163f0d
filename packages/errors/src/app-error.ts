import { errorCodes, type ErrorCode } from './codes.ts';
import { errorKinds, type ErrorKind } from './kind.ts';

/** JSON that may be shown to whoever caused the error. Never holds a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** What a throw site may add to the row of the code table. */
export interface AppErrorOptions {
  /** Replaces the default sentence; names the thing that is wrong. */
  readonly message?: string;
  /** Replaces the default hint. */
  readonly hint?: string;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/** One field that is wrong. `path` is a JSON pointer into the input, `''` for the whole. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

const brand = Symbol.for('patchbay.AppError');

/**
 * The one error class. Compare by `code`, never by `instanceof`: copies of this package and workflow realms break the latter.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly hint: string;
  readonly details: ErrorDetails;
  readonly [brand] = true;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const row = errorCodes[code];
    super(options.message ?? row.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.kind = row.kind;
    this.hint = options.hint ?? row.hint;
    this.details = options.details ?? {};
  }

  /** True if the same call may succeed later without anyone changing anything. */
  get isRetryable(): boolean {
    return errorKinds[this.kind].isRetryable;
  }
}

/** Guard that works across copies of this package. */
export function isAppError(value: unknown): value is AppError {
  return typeof value === 'object' && value !== null && (value as { [brand]?: unknown })[brand] === true;
}

/** Gives any thrown value the shape of an AppError: an unknown one becomes `internal_error` with the cause kept. */
export function toAppError(value: unknown): AppError {
  return isAppError(value) ? value : new AppError('internal_error', { cause: value });
}
