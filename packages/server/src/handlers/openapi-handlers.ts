import type { RouteHandlers } from '../app/route-handler.ts';
import { callerOf } from './caller.ts';
import type { HandlerDeps } from './deps.ts';

/** Connectors from OpenAPI and Swagger descriptions. */
export function openApiHandlers({
  registry,
}: HandlerDeps): RouteHandlers<'previewOpenApi' | 'importOpenApi' | 'importOpenApiInto'> {
  return {
    previewOpenApi: ({ principal, body }) => registry.previewOpenApi(callerOf(principal), body),
    importOpenApi: async ({ principal, body, reply }) => {
      const answer = await registry.importOpenApi(callerOf(principal), body);
      reply.header('etag', '"1"');
      return answer;
    },
    importOpenApiInto: ({ principal, params, body, revision }) =>
      registry.importOpenApiInto(callerOf(principal), { idOrSlug: params.id, body, baseRevision: revision }),
  };
}
