import type { RouteHandlers } from '../app/route-handler.ts';
import type { HandlerDeps } from './deps.ts';

type TenantRoutes = 'searchTenants' | 'getTenant' | 'createTenant' | 'updateTenant' | 'searchAudit';

/** Tenants and the audit log. */
export function tenantHandlers({ identity }: HandlerDeps): RouteHandlers<TenantRoutes> {
  return {
    searchTenants: ({ principal, query }) => identity.searchTenants(principal, query),
    getTenant: ({ principal, params }) => identity.getTenant(principal, params.id),
    createTenant: ({ principal, body }) => identity.createTenant(principal, body),
    updateTenant: ({ principal, params, body, revision }) =>
      identity.updateTenant(principal, { id: params.id, body, revision }),
    searchAudit: ({ principal, query }) => identity.searchAudit(principal, query),
  };
}
