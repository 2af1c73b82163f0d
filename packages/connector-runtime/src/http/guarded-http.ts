import { AppError, isAppError } from '@patchbay/errors';
import { startDeadline } from '../deadline.ts';
import type { EgressPolicy } from '../egress/allow-list.ts';
import { createEgressGuard, type EgressGuard, type EgressRule, type ResolveHost } from '../egress/egress-guard.ts';
import { sendFollowingRedirects } from './follow-redirects.ts';
import { createHttpTransport, type HttpAnswer, type HttpTransport } from './http-transport.ts';

/** How a text is fetched. */
export interface FetchTextOptions {
  /** Largest text, after decompression. */
  readonly maxBytes: number;
  /** Default 20,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A form for the token endpoint of an authorization server. */
export interface FormPost {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 20,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a form was answered with, whatever its status. */
export interface FormAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Plain HTTP to addresses that people give, under the egress guard: private addresses are refused, sizes and times are limited. */
export interface GuardedHttp {
  /**
   * A text by GET; each of at most three redirects is checked again. Throws `egress_forbidden`, `network_error` (also for a status
   * that is no success), `response_too_large`, `operation_timeout`.
   */
  fetchText(url: string, options: FetchTextOptions): Promise<string>;
  /** Posts a form; redirects are not followed. Throws `egress_forbidden`, `network_error`, `response_too_large`, `operation_timeout`. */
  postForm(post: FormPost): Promise<FormAnswer>;
  close(): Promise<void>;
}

/** The host comes from a person; only the address is checked. */
const anyHost: EgressRule = { hosts: [], isUserProvided: true };
const defaultTimeoutMs = 20_000;
/** A token answer is small. */
const maxFormAnswerBytes = 256 * 1024;

/** Makes it. Throws `config_invalid` for an unreadable egress policy. */
export function createGuardedHttp(egress: EgressPolicy, resolveHost?: ResolveHost): GuardedHttp {
  const guard = createEgressGuard(egress, resolveHost);
  return guardedHttpOver({ guard, transport: createHttpTransport(guard) });
}

/** The same over a transport that is there already; closing it closes the transport. */
export function guardedHttpOver(deps: { readonly guard: EgressGuard; readonly transport: HttpTransport }): GuardedHttp {
  return {
    fetchText: (url, options) => fetchText(deps, url, options),
    postForm: (post) => postForm(deps, post),
    close: () => deps.transport.close(),
  };
}

type Deps = Parameters<typeof guardedHttpOver>[0];

async function fetchText(deps: Deps, url: string, options: FetchTextOptions): Promise<string> {
  const answer = await withDeadline(options, async (signal) => {
    const { answer: got } = await sendFollowingRedirects(deps, {
      method: 'GET',
      url: parseUrl(url),
      headers: { accept: '*/*', 'accept-encoding': 'gzip, br' },
      signal,
      maxResponseBytes: options.maxBytes,
      egress: anyHost,
      authorize: () => undefined,
    });
    return got;
  });
  if (answer.status < 200 || answer.status > 299) {
    throw new AppError('network_error', {
      message: `The address answered with status ${String(answer.status)}.`,
      details: { status: answer.status, wasSent: true },
    });
  }
  return answer.body.toString('utf8');
}

async function postForm(deps: Deps, post: FormPost): Promise<FormAnswer> {
  const url = parseUrl(post.url);
  const answer = await withDeadline(post, (signal) => {
    deps.guard.assertUrl(url, anyHost);
    return deps.transport.send({
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        ...post.headers,
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      },
      body: Buffer.from(new URLSearchParams(post.form).toString()),
      signal,
      maxResponseBytes: maxFormAnswerBytes,
    });
  });
  return { status: answer.status, headers: answer.headers, body: answer.body.toString('utf8') };
}

async function withDeadline(
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const outer = options.signal ?? new AbortController().signal;
  const deadline = startDeadline(outer, options.timeoutMs ?? defaultTimeoutMs);
  try {
    deadline.signal.throwIfAborted();
    return await work(deadline.signal);
  } catch (failure) {
    if (isAppError(failure)) throw failure;
    throw new AppError('network_error', { cause: failure });
  } finally {
    deadline.dispose();
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new AppError('network_error', { message: 'This is not a valid address.' });
  return url;
}
