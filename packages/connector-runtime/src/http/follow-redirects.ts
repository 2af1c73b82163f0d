import type { EgressGuard, EgressRule } from '../egress/egress-guard.ts';
import { AppError } from '@patchbay/errors';
import type { Authorize } from './authorizer.ts';
import type { HttpAnswer, HttpRequest, HttpTransport } from './http-transport.ts';

/** Redirects followed before the call fails. */
export const maxRedirects = 3;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** Headers that belong to the first host and do not travel to another one. */
const bindingHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** A request with everything that is decided anew for each hop. */
export interface OutgoingCall extends HttpRequest {
  readonly egress: EgressRule;
  readonly authorize: Authorize;
}

/** What was sent at last and what came back. */
export interface CompletedExchange {
  readonly request: HttpRequest;
  readonly answer: HttpAnswer;
}

/** Parts of the outside world an exchange needs. */
export interface ExchangeDeps {
  readonly guard: EgressGuard;
  readonly transport: HttpTransport;
  /** Told of each request before it leaves, with the credentials in it. */
  onRequest?(request: HttpRequest): void;
}

/**
 * Sends a call and follows up to three redirects. Each hop passes the egress guard again; credentials stay with the
 * origin they were meant for.
 */
export async function sendFollowingRedirects(deps: ExchangeDeps, call: OutgoingCall): Promise<CompletedExchange> {
  let request: HttpRequest = call;
  for (let hop = 0; ; hop += 1) {
    deps.guard.assertUrl(request.url, call.egress);
    const sent = authorized(request, call);
    deps.onRequest?.(sent);
    const answer = await deps.transport.send(sent);
    const location = redirectStatuses.has(answer.status) ? answer.headers['location'] : undefined;
    if (location === undefined) return { request: sent, answer };
    if (hop === maxRedirects)
      throw redirectError(`The external system redirected more than ${String(maxRedirects)} times.`);
    request = nextRequest(request, answer.status, location);
  }
}

function authorized(request: HttpRequest, call: OutgoingCall): HttpRequest {
  if (request.url.origin !== call.url.origin) return request;
  const prepared = { ...request, url: new URL(request.url), headers: { ...request.headers } };
  call.authorize(prepared);
  return prepared;
}

function nextRequest(request: HttpRequest, status: number, location: string): HttpRequest {
  const url = URL.parse(location, request.url.href);
  if (url === null) throw redirectError('The external system redirected to an address that cannot be read.');
  const becomesGet = status === 303 || (status !== 307 && status !== 308 && request.method === 'POST');
  const isSameOrigin = url.origin === request.url.origin;
  const headers = Object.entries(request.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return (isSameOrigin || !bindingHeaders.has(lower)) && !(becomesGet && lower.startsWith('content-'));
  });
  return {
    ...request,
    url,
    headers: Object.fromEntries(headers),
    ...(becomesGet && request.method !== 'HEAD' ? { method: 'GET', body: undefined } : {}),
  };
}

function redirectError(message: string): AppError {
  return new AppError('remote_bad_request', { message, details: { wasSent: true } });
}
