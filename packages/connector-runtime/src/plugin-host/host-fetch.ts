import { AppError } from '@patchbay/errors';
import { createAuthorizer } from '../http/authorizer.ts';
import { sendRecorded, type CallRecord } from '../http/call-record.ts';
import type { ExchangeDeps } from '../http/follow-redirects.ts';
import { createRedactor } from '../redaction/redactor.ts';
import type { CallMessage } from './protocol.ts';

/** The `fetch` of one call, and the record of the last request it made. */
export interface HostFetch {
  readonly fetch: typeof globalThis.fetch;
  lastCall(): CallRecord | undefined;
}

/**
 * `fetch` for a plugin: the same egress guard, credentials and limits as a declarative call. The answer is buffered.
 * Credentials go only to the origin of the connection's `base_url`, if it has one.
 */
export function createHostFetch(
  deps: ExchangeDeps & { readonly maxResponseBytes: number },
  message: CallMessage,
  signal: AbortSignal,
): HostFetch {
  let last: CallRecord | undefined;
  const { auth } = message;
  const authorize = createAuthorizer(auth?.scheme, auth?.values ?? {});
  const redactor = createRedactor(Object.values(auth?.values ?? {}));
  const base = baseUrlOf(message.credentials);

  const hostFetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = makeRequest(typeof input === 'string' ? resolveUrl(input, base) : input, init);
    const url = new URL(request.url);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const isOwnHost = base === undefined || base.origin === url.origin;
    try {
      const { answer, call } = await sendRecorded(
        { ...deps, redactor },
        {
          method: request.method,
          url,
          headers: { 'accept-encoding': 'gzip, br', ...Object.fromEntries(request.headers) },
          body,
          signal: AbortSignal.any([signal, request.signal]),
          egress: message.egress,
          authorize: isOwnHost ? authorize : () => undefined,
          maxResponseBytes: deps.maxResponseBytes,
        },
      );
      last = call;
      return toResponse(answer);
    } catch (failure) {
      last = (failure as AppError).details['call'] as CallRecord | undefined;
      throw failure;
    }
  };
  return { fetch: hostFetch, lastCall: () => last };
}

function baseUrlOf(values: Readonly<Record<string, string>>): URL | undefined {
  const text = Object.hasOwn(values, 'base_url') ? values['base_url'] : undefined;
  return text === undefined ? undefined : (URL.parse(text) ?? undefined);
}

/** A standard Request; what it cannot express (user info, odd headers) is a fault of the input, not of the connector. */
function makeRequest(input: URL | Request, init: RequestInit | undefined): Request {
  try {
    return new Request(input, init);
  } catch {
    throw invalidRequest('The address, method or a header of the request is not valid.');
  }
}

function resolveUrl(text: string, base: URL | undefined): URL {
  // A path is appended to the base URL, it does not replace the base's own path (DI-39).
  const isPath = base !== undefined && text.startsWith('/') && !text.startsWith('//');
  const url = URL.parse(isPath ? base.href.replace(/\/$/, '') + text : text, base?.href);
  if (url === null) throw invalidRequest('The URL is not a valid address.');
  return url;
}

function invalidRequest(message: string): AppError {
  return new AppError('operation_input_invalid', { message, details: { wasSent: false } });
}

const bodilessStatuses = new Set([101, 103, 204, 205, 304]);

function toResponse(answer: { status: number; headers: Readonly<Record<string, string>>; body: Buffer }): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    // The body is decoded already, so these two would be wrong.
    if (name !== 'content-encoding' && name !== 'content-length') headers.append(name, value);
  }
  const body = bodilessStatuses.has(answer.status) ? null : new Uint8Array(answer.body);
  return new Response(body, { status: answer.status, headers });
}
