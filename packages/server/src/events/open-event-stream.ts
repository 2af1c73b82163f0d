import type { FastifyReply } from 'fastify';

/** Proxies close silent connections after a minute or so. */
const heartbeatMs = 15_000;
/** A browser that lost the connection comes back after this. */
const retryMs = 2_000;

/** Sends the head of server-sent events on a reply that was hijacked; the timer keeps the connection and is the caller's to clear. */
export function openEventStream(reply: FastifyReply): ReturnType<typeof setInterval> {
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${retryMs}\n\n`);
  return setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
}
