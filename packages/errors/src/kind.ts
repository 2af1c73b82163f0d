/**
 * Who must act on an error, and therefore what the outside world sees of it.
 * The three edges (HTTP, Temporal, web) map the kind; nothing else mentions HTTP statuses or Temporal failures.
 */
export const errorKinds = {
  invalid: { status: 400, isRetryable: false },
  unauthenticated: { status: 401, isRetryable: false },
  forbidden: { status: 403, isRetryable: false },
  'not-found': { status: 404, isRetryable: false },
  conflict: { status: 409, isRetryable: false },
  gone: { status: 410, isRetryable: false },
  'too-large': { status: 413, isRetryable: false },
  unprocessable: { status: 422, isRetryable: false },
  'rate-limited': { status: 429, isRetryable: true },
  bug: { status: 500, isRetryable: false },
  unavailable: { status: 503, isRetryable: true },
  timeout: { status: 504, isRetryable: true },
} as const satisfies Record<string, { status: number; isRetryable: boolean }>;

/** Name of a row of {@link errorKinds}. */
export type ErrorKind = keyof typeof errorKinds;
