import type { FastifyInstance } from 'fastify';
import { parseJsonBody } from './input-guard.ts';

/** The API speaks JSON only. An empty body is no body, whatever type it claims. */
export function registerContentTypes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json(?:$|;)/i,
    { parseAs: 'string' },
    (_request, body, done) => {
      const text = body.toString();
      try {
        done(null, text === '' ? undefined : parseJsonBody(text));
      } catch (error) {
        done(error as Error, undefined); // always an AppError
      }
    },
  );
}
