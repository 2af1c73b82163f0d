import { AppError, toAppError } from '@patchbay/errors';
import { isSensitiveName, mask, type Redactor } from '../redaction/redactor.ts';
import type { HttpAnswer, HttpRequest } from './http-transport.ts';
import { sendFollowingRedirects, type ExchangeDeps, type OutgoingCall } from './follow-redirects.ts';

/** What one HTTP call was, without any secret; shown in the run view. */
export interface CallRecord {
  readonly method: string;
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly durationMs: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly requestBytes: number;
  /** After decompression. */
  readonly responseBytes: number;
}

/** Answer and record of a call that was answered, whatever its status. */
export interface RecordedExchange {
  readonly answer: HttpAnswer;
  readonly call: CallRecord;
}

/** Sends a call; an error carries the record of what was sent in `details.call`. */
export async function sendRecorded(
  deps: ExchangeDeps & { readonly redactor: Redactor },
  outgoing: OutgoingCall,
): Promise<RecordedExchange> {
  const startedAt = performance.now();
  let last: HttpRequest | undefined;
  const record = (answer?: HttpAnswer): CallRecord | undefined =>
    last && toCallRecord(last, answer, { redactor: deps.redactor, durationMs: elapsed(startedAt) });
  try {
    const { answer, request } = await sendFollowingRedirects({ ...deps, onRequest: (sent) => (last = sent) }, outgoing);
    const { redactor } = deps;
    return { answer, call: toCallRecord(request, answer, { redactor, durationMs: elapsed(startedAt) }) };
  } catch (failure) {
    const call = record();
    throw call === undefined ? failure : withDetails(failure, { call });
  }
}

/** The same error with more details. A value that is no AppError becomes `internal_error`. */
export function withDetails(failure: unknown, details: Readonly<Record<string, unknown>>): AppError {
  const error = toAppError(failure);
  return new AppError(error.code, {
    message: error.message,
    hint: error.hint,
    details: { ...error.details, ...details },
    cause: error.cause,
  });
}

function toCallRecord(
  request: HttpRequest,
  answer: HttpAnswer | undefined,
  context: { redactor: Redactor; durationMs: number },
): CallRecord {
  const { redactor, durationMs } = context;
  return {
    method: request.method,
    url: redactUrl(request.url, redactor),
    ...(answer === undefined ? {} : { status: answer.status }),
    durationMs,
    requestHeaders: redactor.headers(request.headers),
    responseHeaders: redactor.headers(answer?.headers ?? {}),
    requestBytes: request.body?.byteLength ?? 0,
    responseBytes: answer?.body.length ?? 0,
  };
}

function redactUrl(url: URL, redactor: Redactor): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (isSensitiveName(name)) shown.searchParams.set(name, mask);
  }
  return redactor.text(shown.href);
}

function elapsed(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 100) / 100;
}
