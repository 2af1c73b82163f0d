import type { z } from 'zod';
import { AppError, fromProblemBody, type ProblemBody } from '@patchbay/errors';
import type { Routes } from '../routes/index.ts';
import { routePaths, type RouteId } from './route-paths.ts';

type Part<Id extends RouteId, Name extends 'params' | 'query' | 'body'> =
  Routes[Id] extends Record<Name, infer Schema extends z.ZodType> ? z.input<Schema> : undefined;

/** What a call may carry; a part that the route does not have is not allowed. */
export interface CallOptions<Id extends RouteId> {
  readonly params?: Part<Id, 'params'>;
  readonly query?: Part<Id, 'query'>;
  readonly body?: Part<Id, 'body'>;
  /** Revision the write is based on. */
  readonly revision?: number;
  readonly signal?: AbortSignal;
}

/** Answer of a route. */
export type RouteResponse<Id extends RouteId> = z.output<Routes[Id]['response']>;

/** Where and as whom to call. */
export interface ApiClientOptions {
  /** Without a slash at the end; `''` for the same origin. */
  readonly baseUrl: string;
  /** API token; absent: the session cookie. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
}

/** The typed client. Every failure is an AppError: the server's own, or `service_unavailable` when it cannot be reached. */
export interface ApiClient {
  call<Id extends RouteId>(id: Id, options?: CallOptions<Id>): Promise<RouteResponse<Id>>;
}

/** Makes a client for a server. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = options.fetch ?? fetch;
  return {
    async call(id, callOptions = {}) {
      const [method] = routePaths[id];
      const response = await reach(() =>
        send(options.baseUrl + urlOf(id, callOptions), {
          method,
          headers: headersOf(options, callOptions),
          credentials: 'same-origin',
          ...(callOptions.body === undefined ? {} : { body: JSON.stringify(callOptions.body) }),
          ...(callOptions.signal === undefined ? {} : { signal: callOptions.signal }),
        }),
      );
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw toError(response.status, answer);
      return answer as RouteResponse<typeof id>; // the server validated it with the same schema
    },
  };
}

async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new AppError('service_unavailable', { message: 'The server cannot be reached.', cause });
  }
}

type QueryValue = string | number | boolean;

function urlOf(id: RouteId, call: { params?: unknown; query?: unknown }): string {
  const params = (call.params ?? {}) as Record<string, string | number>;
  const path = routePaths[id][1].replace(/:([a-zA-Z]+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(
    (call.query ?? {}) as Record<string, QueryValue | readonly QueryValue[] | undefined>,
  )) {
    if (value === undefined || value === '') continue;
    for (const each of Array.isArray(value) ? (value as readonly QueryValue[]) : [value])
      query.append(name, String(each));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function headersOf(options: ApiClientOptions, call: { body?: unknown; revision?: number }): Record<string, string> {
  return {
    accept: 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    ...(call.revision === undefined ? {} : { 'if-match': `"${call.revision}"` }),
  };
}

function toError(status: number, answer: unknown): AppError {
  if (typeof answer === 'object' && answer !== null && 'error' in answer) return fromProblemBody(answer as ProblemBody);
  return new AppError('service_unavailable', { message: `The server answered ${status}.` });
}
