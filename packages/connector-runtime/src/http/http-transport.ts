import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { AppError } from '@patchbay/errors';
import type { Agent, Dispatcher } from 'undici';
import type { EgressGuard } from '../egress/egress-guard.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import { toNetworkError } from './network-error.ts';

/** One request to one address; redirects are not followed here. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /** Its reason must be an AppError. */
  readonly signal: AbortSignal;
  readonly maxResponseBytes: number;
}

/** A whole answer; the body is decompressed and never larger than asked for. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends requests over pooled connections that only ever lead to checked addresses. */
export interface HttpTransport {
  /** Throws `network_error`, `response_too_large`, `egress_forbidden` or the reason of the signal. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Makes a transport. The connection pool starts with the first request. */
export function createHttpTransport(guard: EgressGuard): HttpTransport {
  let agent: Promise<Agent> | undefined;
  return {
    send: async (request) => {
      agent ??= createGuardedAgent(guard);
      try {
        return await exchange(await agent, request);
      } catch (failure) {
        request.signal.throwIfAborted();
        throw toNetworkError(failure) ?? new AppError('network_error', { details: { wasSent: true }, cause: failure });
      }
    },
    close: async () => {
      await (await agent)?.close();
    },
  };
}

async function exchange(agent: Agent, request: HttpRequest): Promise<HttpAnswer> {
  const { url, signal } = request;
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    // Methods beyond the usual ones are valid HTTP, though the type does not list them.
    method: request.method,
    headers: { ...request.headers },
    body: request.body ?? null,
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const headers = joinHeaders(answer.headers);
  const raw = await readBody(answer.body, headers['content-length'], request.maxResponseBytes);
  const body = await decode(raw, headers['content-encoding'], request.maxResponseBytes);
  return { status: answer.statusCode, headers, body };
}

async function readBody(
  stream: Dispatcher.ResponseData['body'],
  contentLength: string | undefined,
  limit: number,
): Promise<Buffer> {
  if (Number(contentLength ?? 0) > limit) {
    // The stream reports its own destruction as an error event, which nobody else listens for.
    stream.on('error', () => undefined).destroy();
    throw tooLarge(limit);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

async function decode(body: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  const decoder = decoders[encoding?.trim().toLowerCase() ?? ''];
  if (decoder === undefined || body.length === 0) return body;
  try {
    return await decoder(body, { maxOutputLength: limit });
  } catch (cause) {
    const isTooLarge = (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) throw tooLarge(limit);
    throw new AppError('network_error', {
      message: 'The compressed answer is damaged.',
      details: { wasSent: true },
      cause,
    });
  }
}

function joinHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const joined = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(joined) as Record<string, string>;
}

function tooLarge(limit: number): AppError {
  return new AppError('response_too_large', {
    message: `The answer is larger than ${String(limit)} bytes.`,
    details: { limitBytes: limit, wasSent: true },
  });
}
