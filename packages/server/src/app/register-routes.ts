import { AppError, type FieldProblem } from '@patchbay/errors';
import { routes, type RouteDefinition, type RouteId } from '@patchbay/api-contract';
import type { FastifyInstance, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { readIfMatch } from './if-match.ts';
import { assertSafeJson } from './input-guard.ts';
import { requireAccess, type SessionOptions } from './principal.ts';
import type { RouteCall, RouteHandlers } from './route-handler.ts';

const mostProblems = 100;
/** Routes that check a secret: more calls per minute and address than a person makes are refused. */
const limitedRoutes: ReadonlySet<string> = new Set(['signIn', 'signInByLink']);
const limitPerMinute = 60;

/** Registers every route of the contract with its handler. */
export function registerRoutes(app: FastifyInstance, handlers: RouteHandlers, sessions: SessionOptions): void {
  app.setValidatorCompiler(({ schema, httpPart }) => validatorOf(schema as unknown as z.ZodType, httpPart ?? 'body'));
  app.setSerializerCompiler(serializerCompiler);
  for (const id of Object.keys(routes) as RouteId[]) app.route(toRoute(id, { handlers, sessions }));
}

function toRoute(id: RouteId, parts: { handlers: RouteHandlers; sessions: SessionOptions }): RouteOptions {
  const route: RouteDefinition = routes[id];
  const [method, url] = route.path;
  // The table of handlers is typed by operation id; here the id is any of them.
  const handler = parts.handlers[id] as (call: RouteCall<RouteId>) => Promise<object>;
  return {
    method,
    url,
    schema: toSchema(id, route),
    ...(route.maxBodyBytes !== undefined && { bodyLimit: route.maxBodyBytes }),
    ...(limitedRoutes.has(id) && { config: { rateLimit: { max: limitPerMinute, timeWindow: 60_000 } } }),
    onRequest: requireAccess(parts.sessions, route),
    preValidation: async (request) => {
      assertSafeJson(request.query);
      assertSafeJson(request.params);
      // A body whose fields all have defaults may be left out.
      if (route.body) request.body ??= {};
    },
    handler: async (request, reply) => {
      const answer = await handler({ ...toCall(route, request), reply });
      const revision = revisionOf(answer);
      if (revision !== undefined) reply.header('etag', `"${revision}"`);
      return reply.code(route.status).send(answer);
    },
  };
}

function toCall(route: RouteDefinition, request: FastifyRequest): Omit<RouteCall<RouteId>, 'reply'> {
  const revision = readIfMatch(request.headers['if-match']);
  if (route.needsRevision && revision === undefined) throw new AppError('revision_required');
  // The validator has replaced all three by what the schemas of the route give.
  const { params, query, body } = request as unknown as Pick<RouteCall<RouteId>, 'params' | 'query' | 'body'>;
  return { params, query, body, revision, request, principal: request.principal as RouteCall<RouteId>['principal'] };
}

function toSchema(id: RouteId, route: RouteDefinition): FastifySchema {
  return {
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    response: { [route.status]: route.response },
    // For OpenAPI.
    ...{ operationId: id, summary: route.summary, tags: [route.tag] },
  };
}

function validatorOf(schema: z.ZodType, part: string) {
  return (data: unknown): { value: unknown } | { error: Error } => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const fields = result.error.issues.slice(0, mostProblems).map((issue) => toProblem(issue, part));
    return { error: new AppError('validation_error', { details: { fields } }) };
  };
}

/** Fields of the body stand as they are; those of query and path say where they are. */
function toProblem(issue: z.core.$ZodIssue, part: string): FieldProblem {
  const pointer = issue.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { path: part === 'body' ? pointer : `/${part}${pointer}`, message: issue.message };
}

function revisionOf(answer: object): number | undefined {
  const source = '_source' in answer ? answer._source : answer;
  const revision = (source as { revision?: unknown } | null)?.revision;
  return typeof revision === 'number' ? revision : undefined;
}
