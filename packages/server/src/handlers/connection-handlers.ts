import type { RouteHandlers } from '../app/route-handler.ts';
import type { HandlerDeps } from './deps.ts';

type ConnectionRoutes =
  | 'searchConnections'
  | 'createConnection'
  | 'getConnection'
  | 'updateConnection'
  | 'deleteConnection'
  | 'testConnection'
  | 'enableConnection'
  | 'disableConnection'
  | 'authorizeConnection'
  | 'reauthorizeConnection'
  | 'revokeConnection'
  | 'invokeConnection'
  | 'getConnectionReferences';

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
    enableConnection: ({ principal, params }) => vault.switchConnection(principal, { id: params.id, isEnabled: true }),
    disableConnection: ({ principal, params }) =>
      vault.switchConnection(principal, { id: params.id, isEnabled: false }),
    authorizeConnection: ({ principal, params, body }) => vault.authorizeConnection(principal, { id: params.id, body }),
    reauthorizeConnection: ({ principal, params, body }) =>
      vault.authorizeConnection(principal, { id: params.id, body }),
    revokeConnection: ({ principal, params }) => vault.revokeConnection(principal, params.id),
    invokeConnection: ({ principal, params, body }) => vault.invokeConnection(principal, { id: params.id, body }),
    getConnectionReferences: ({ principal, params }) => vault.connectionReferences(principal.tenantId, params.id),
  };
}
