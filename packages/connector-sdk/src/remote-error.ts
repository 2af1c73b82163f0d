import type { AppError } from '@patchbay/errors';
import { operationError, type OperationErrorCode } from './operation-error.ts';

/** Longest wait a remote may ask for. */
export const maxRetryAfterMs = 3_600_000;
const maxMessageLength = 500;

/** What is known of an HTTP answer that means failure. */
export interface RemoteFailure {
  readonly status: number;
  /** The `retry-after` header: seconds or an HTTP date. */
  readonly retryAfter?: string | null | undefined;
  /** The remote's own words; cut to 500 characters. */
  readonly message?: string | undefined;
}

const codeByStatus: Readonly<Record<number, OperationErrorCode>> = {
  401: 'remote_unauthorized',
  403: 'remote_forbidden',
  404: 'remote_not_found',
  408: 'remote_rate_limited',
  409: 'remote_conflict',
  410: 'remote_not_found',
  425: 'remote_rate_limited',
  429: 'remote_rate_limited',
};

/** The error code of an HTTP status of 400 and above. */
export function codeForStatus(status: number): OperationErrorCode {
  if (status >= 500) return 'remote_unavailable';
  return codeByStatus[status] ?? 'remote_bad_request';
}

/** The error an HTTP answer means: its code from the status, `details.status`, and `details.retryAfterMs` if asked for. */
export function remoteError(failure: RemoteFailure, now: number = Date.now()): AppError {
  const retryAfterMs = parseRetryAfter(failure.retryAfter, now);
  const words = failure.message === undefined || failure.message === '' ? '' : `: ${failure.message}`;
  return operationError(codeForStatus(failure.status), {
    message: `The external system answered with HTTP ${String(failure.status)}${words.slice(0, maxMessageLength)}`,
    details: { status: failure.status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  });
}

/** Milliseconds to wait by a `retry-after` header, at most an hour; undefined when it is missing or unreadable. */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  if (header === undefined || header === null || header.trim() === '') return undefined;
  const text = header.trim();
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(Math.round(waitMs), 0), maxRetryAfterMs);
}
