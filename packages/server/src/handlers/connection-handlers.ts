import type { RouteHandlers } from '../app/route-handler.ts';
import type { HandlerDeps } from './deps.ts';

type ConnectionRoutes =
  | 'searchConnections'
  | 'createConnection'
  | 'getConnection'
  | 'updateConnection'
  | 'deleteConnection'
  | 'testConnection';

/** Connections. */
export function connectionHandlers({ vault }: HandlerDeps): RouteHandlers<ConnectionRoutes> {
  return {
    searchConnections: ({ principal, query }) => vault.searchConnections(principal.tenantId, query),
    createConnection: ({ principal, body }) => vault.createConnection(principal, body),
    getConnection: ({ principal, params }) => vault.getConnection(principal.tenantId, params.id),
    updateConnection: ({ principal, params, body, revision }) =>
      vault.updateConnection(principal, { id: params.id, body, revision }),
    deleteConnection: ({ principal, params }) => vault.deleteConnection(principal, params.id),
    testConnection: ({ principal, params }) => vault.testConnection(principal, params.id),
  };
}
