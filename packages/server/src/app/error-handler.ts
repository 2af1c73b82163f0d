import { AppError, isAppError, toProblemBody, type ErrorCode } from '@patchbay/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { missingConnectorFields } from './missing-connector.ts';

/** Errors of Fastify that mean something to the caller; any other one below 500 is a `validation_error`. */
const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
};

/** Every failure becomes a problem body; only bugs are logged as errors, with their cause. */
export function registerErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(toKnownError(error), request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(new AppError(missingCode(app, request)), request, reply));
}

/** Writes an error as the answer. */
export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = toProblemBody(error);
  if (error.kind === 'bug') request.log.error({ err: error.cause ?? error }, 'bug');
  else if (body.status >= 500) request.log.warn({ err: error, code: error.code }, 'unavailable');
  else request.log.debug({ code: error.code }, 'refused');
  const { retryAfterMs } = error.details;
  if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  if (error.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  // Without a serializer: error bodies have one shape everywhere, but for what the connector API adds to its own.
  const answer = { ...missingConnectorFields(error, request), ...body };
  return reply.code(body.status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(answer);
}

/** Maps what Fastify and its plugins throw; what nobody knows is a bug. */
export function toKnownError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const { code = '', statusCode = 500, message } = error as Partial<FastifyError>;
  const known = fastifyCodes[code];
  if (known) return new AppError(known, { cause: error });
  if (statusCode === 413) return new AppError('payload_too_large', { cause: error });
  if (statusCode < 500)
    return new AppError('validation_error', {
      cause: error,
      details: { fields: [{ path: '', message: message ?? 'Not valid.' }] },
    });
  return new AppError('internal_error', { cause: error });
}

/** Tells a wrong method from an address that is not there. */
function missingCode(app: FastifyInstance, request: FastifyRequest): ErrorCode {
  const path = request.url.split('?', 1)[0] ?? '/';
  const isElsewhere = app.knownPaths.some((known) => known.method !== request.method && known.pattern.test(path));
  return isElsewhere ? 'method_not_allowed' : 'not_found';
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every address and its method, for telling a wrong method from a wrong address. */
    knownPaths: { readonly method: string; readonly pattern: RegExp }[];
  }
}
