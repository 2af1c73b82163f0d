import type { RouteHandlers } from '../app/route-handler.ts';
import { callerOf } from './caller.ts';
import type { HandlerDeps } from './deps.ts';

type AuthoringRoutes =
  | 'createConnector'
  | 'updateConnector'
  | 'deleteConnector'
  | 'importConnector'
  | 'importIntoConnector'
  | 'exportConnector'
  | 'testConnector'
  | 'fetchRecords'
  | 'getOperationFields';

/** Connectors to make and change. The answers have exactly the keys of the connector API, so the revision stands in the header. */
export function connectorAuthoringHandlers({ registry }: HandlerDeps): RouteHandlers<AuthoringRoutes> {
  return {
    createConnector: async ({ principal, body, reply }) => {
      const answer = await registry.createConnector(callerOf(principal), body);
      reply.header('etag', '"1"');
      return answer;
    },
    updateConnector: async ({ principal, params, query, body, revision, reply }) => {
      const { answer, revision: now } = await registry.updateConnector(callerOf(principal), {
        idOrSlug: params.id,
        body,
        isReplacing: query.replace,
        isConfirmed: query.confirm,
        baseRevision: revision,
      });
      reply.header('etag', `"${String(now)}"`);
      return answer;
    },
    deleteConnector: ({ principal, params, revision }) =>
      registry.deleteConnector(callerOf(principal), { idOrSlug: params.id, baseRevision: revision }),
    testConnector: ({ principal, params, body }) =>
      registry.testConnector(callerOf(principal), { idOrSlug: params.id, body }),
    fetchRecords: ({ principal, params, body }) =>
      registry.fetchRecords(callerOf(principal), { idOrSlug: params.id, body }),
    importConnector: ({ principal, body }) => registry.importConnector(callerOf(principal), body),
    importIntoConnector: async ({ principal, params, query, body, revision, reply }) => {
      const { answer, revision: now } = await registry.importIntoConnector(callerOf(principal), {
        ...{ idOrSlug: params.id, text: body, isConfirmed: query.confirm, baseRevision: revision },
      });
      reply.header('etag', `"${String(now)}"`);
      return answer;
    },
    exportConnector: ({ principal, params, query }) =>
      registry.exportConnector(callerOf(principal), { ...query, idOrSlug: params.id }),
    getOperationFields: ({ principal, params, query }) =>
      registry.getOperationFields(callerOf(principal), {
        idOrSlug: params.id,
        operation: query.operation,
        version: query.version,
      }),
  };
}
