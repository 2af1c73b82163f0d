import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that may hold a secret, wherever they turn up in a log line. */
const secretFields = [
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'credentials',
  'masterKey',
  'signInLink',
  'connectionString',
];
/** What errors of libraries carry along: requests, bound values, and in PostgreSQL's `detail` the row that failed. */
const withData = ['err.config', 'err.bindings', 'err.detail', 'err.where'];
const redacted = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `err.*.${field}`]);

/** The log of the server: one JSON object per line, to the standard output by default. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: [...redacted, 'req.headers', ...withData], censor: '[redacted]' },
    base: { process: 'server' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The address as it may be logged: without query, and without the token of a webhook, which is its secret. */
export function loggedPath(request: Pick<FastifyRequest, 'url'>): string {
  const path = request.url.split('?', 1)[0] ?? '';
  return path.startsWith('/hook/') ? '/hook/…' : path;
}

/** One line per answer, with request id, tenant and run. */
export function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      path: loggedPath(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.runId !== undefined && { run: request.runId }),
    };
    request.log[reply.statusCode >= 500 ? 'warn' : 'info'](line, 'request');
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Run that the request started or is about, for the log. */
    runId?: string;
  }
}
