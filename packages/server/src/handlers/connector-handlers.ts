import type { RouteHandlers } from '../app/route-handler.ts';
import { callerOf } from './caller.ts';
import type { HandlerDeps } from './deps.ts';

type ConnectorRoutes =
  | 'searchConnectors'
  | 'searchConnectorsByPost'
  | 'getConnector'
  | 'getConnectorVersion'
  | 'searchMarketplace'
  | 'getMarketplaceListing';

/** Connectors and the marketplace, to read. */
export function connectorHandlers({ registry }: HandlerDeps): RouteHandlers<ConnectorRoutes> {
  return {
    searchConnectors: ({ principal, query }) => registry.searchConnectors(callerOf(principal), query),
    searchConnectorsByPost: ({ principal, body }) => registry.searchConnectors(callerOf(principal), body),
    getConnector: ({ principal, params }) => registry.getConnector(callerOf(principal), { idOrSlug: params.id }),
    getConnectorVersion: ({ principal, params }) =>
      registry.getConnector(callerOf(principal), { idOrSlug: params.id, version: params.version }),
    searchMarketplace: ({ principal, query }) => registry.searchMarketplace(callerOf(principal), query),
    getMarketplaceListing: ({ principal, params }) =>
      registry.getConnector(callerOf(principal), { idOrSlug: params.id, isLive: true }),
  };
}
