import type { ErrorKind } from '@patchbay/errors';

/**
 * Exit codes of the command. 0 done, 1 the thing itself failed (a run, a test, a validation), 2 wrong use,
 * 3 the server refused who you are, 4 not found, 5 conflict, 6 a server cannot be reached or failed.
 */
export const exitCodes = { done: 0, failed: 1, usage: 2, denied: 3, notFound: 4, conflict: 5, unavailable: 6 } as const;

const byKind: Record<ErrorKind, number> = {
  invalid: exitCodes.usage,
  unauthenticated: exitCodes.denied,
  forbidden: exitCodes.denied,
  'not-found': exitCodes.notFound,
  gone: exitCodes.notFound,
  conflict: exitCodes.conflict,
  'too-large': exitCodes.usage,
  unprocessable: exitCodes.failed,
  'rate-limited': exitCodes.unavailable,
  bug: exitCodes.unavailable,
  unavailable: exitCodes.unavailable,
  timeout: exitCodes.unavailable,
};

/** Exit code for an error of this kind. */
export const exitCodeOf = (kind: ErrorKind): number => byKind[kind];
