import type { RouteQuery } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import { getConnector, searchConnectors, searchMarketplace } from './connector/view-connectors.ts';
import type { FlowReferences, RegistryDeps } from './registry-deps.ts';

/** Everything the connector and marketplace routes need, with its dependencies bound. Answers are the bodies of the routes. */
export type RegistryService = ReturnType<typeof createRegistryService>;

export function createRegistryService(database: Database, options: { readonly references: FlowReferences }) {
  const deps: RegistryDeps = { ...options, database };
  return {
    searchConnectors: (tenantId: string, query: RouteQuery<'searchConnectors'>) =>
      searchConnectors(deps, tenantId, query),
    searchMarketplace: (tenantId: string, query: RouteQuery<'searchMarketplace'>) =>
      searchMarketplace(deps, tenantId, query),
    getConnector: (tenantId: string, idOrSlug: string) => getConnector(deps, tenantId, { idOrSlug }),
    getConnectorVersion: (tenantId: string, idOrSlug: string, version: string) =>
      getConnector(deps, tenantId, { idOrSlug, version }),
  };
}
