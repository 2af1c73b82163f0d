import { errorKinds } from './kind.ts';
import { errorCodes, type ErrorCode } from './codes.ts';
import { AppError, type ErrorDetails } from './app-error.ts';

/** The error body of every HTTP answer (requirements.md part 0). */
export interface ProblemBody {
  readonly status: number;
  readonly error: {
    readonly code: ErrorCode;
    /** One sentence for a person. */
    readonly reason: string;
    /** What to do. */
    readonly hint: string;
    readonly details: ErrorDetails;
  };
}

/** Writes an error as the body of an HTTP answer. A bug never shows its inner message. */
export function toProblemBody(error: AppError): ProblemBody {
  const isBug = error.kind === 'bug';
  return {
    status: errorKinds[error.kind].status,
    error: {
      code: error.code,
      reason: isBug ? errorCodes[error.code].message : error.message,
      hint: error.hint,
      details: isBug ? {} : error.details,
    },
  };
}

/** Reads an error back from the body of an HTTP answer; a body without a known code becomes `internal_error`. */
export function fromProblemBody(body: ProblemBody): AppError {
  const { code, reason, hint, details } = body.error;
  return new AppError(Object.hasOwn(errorCodes, code) ? code : 'internal_error', { message: reason, hint, details });
}
