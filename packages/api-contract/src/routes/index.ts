import { connectorRoutes } from './connector-routes.ts';
import { flowRoutes } from './flow-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { runRoutes } from './run-routes.ts';

/** Every route of the API by operation id. */
export const routes = { ...identityRoutes, ...connectorRoutes, ...flowRoutes, ...runRoutes } as const;

/** All routes as types: the client derives its signatures from it. */
export type Routes = typeof routes;
