import type { WebhookAnswer } from '@patchbay/flows';
import { AppError } from '@patchbay/errors';
import type { FastifyReply } from 'fastify';

type Reply = NonNullable<WebhookAnswer['reply']>;

/** Headers a flow may not set: they belong to the connection, or to our own origin. */
const refusedHeaders = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade',
  'content-length', 'content-encoding', 'date', 'host', 'set-cookie', 'set-cookie2', 'clear-site-data', 'strict-transport-security',
  'content-security-policy', 'content-security-policy-report-only', 'service-worker-allowed', 'x-content-type-options', 'x-request-id',
]); // prettier-ignore

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]{0,4000}$/;

/**
 * Sends what the respond step said. The answer stands on the origin of the app, so a browser must treat it as a foreign
 * document: it gets a sandbox without scripts.
 */
export function writeReply(reply: FastifyReply, answer: Reply): FastifyReply {
  const { status } = answer;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new AppError('run_failed', {
      message: `The respond step gave the status ${String(status)}; 200 to 599 is possible.`,
    });
  }
  reply.code(status).header('content-security-policy', "sandbox; default-src 'none'");
  for (const [name, value] of Object.entries(answer.headers)) {
    if (isAllowed(name, value)) reply.header(name.toLowerCase(), value);
  }
  return sendBody(reply, answer.body);
}

function sendBody(reply: FastifyReply, body: Reply['body']): FastifyReply {
  reply.serializer((payload: unknown) => (typeof payload === 'string' ? payload : JSON.stringify(payload)));
  if (body === null) return reply.send('');
  if (!reply.hasHeader('content-type')) {
    reply.type(typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  }
  return reply.send(typeof body === 'string' ? body : JSON.stringify(body));
}

function isAllowed(name: string, value: unknown): value is string {
  return (
    typeof value === 'string' &&
    headerName.test(name) &&
    headerValue.test(value) &&
    !refusedHeaders.has(name.toLowerCase())
  );
}
