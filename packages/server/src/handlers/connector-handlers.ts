import type { RouteHandlers } from '../app/route-handler.ts';
import type { HandlerDeps } from './deps.ts';

type ConnectorRoutes =
  'searchConnectors' | 'getConnector' | 'getConnectorVersion' | 'searchMarketplace' | 'getMarketplaceListing';

/** Connectors and the marketplace. */
export function connectorHandlers({ registry }: HandlerDeps): RouteHandlers<ConnectorRoutes> {
  return {
    searchConnectors: ({ principal, query }) => registry.searchConnectors(principal.tenantId, query),
    getConnector: ({ principal, params }) => registry.getConnector(principal.tenantId, params.id),
    getConnectorVersion: ({ principal, params }) =>
      registry.getConnectorVersion(principal.tenantId, params.id, params.version),
    searchMarketplace: ({ principal, query }) => registry.searchMarketplace(principal.tenantId, query),
    getMarketplaceListing: ({ principal, params }) => registry.getConnector(principal.tenantId, params.id),
  };
}
