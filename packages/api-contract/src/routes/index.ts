import { componentRoutes } from './component-routes.ts';
import { connectorAuthoringRoutes } from './connector-authoring-routes.ts';
import { connectorRoutes } from './connector-routes.ts';
import { flowRoutes } from './flow-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { lifecycleRoutes } from './lifecycle-routes.ts';
import { runRoutes } from './run-routes.ts';

/** Every route of the API by operation id. */
export const routes = {
  ...identityRoutes,
  ...connectorRoutes,
  ...connectorAuthoringRoutes,
  ...lifecycleRoutes,
  ...flowRoutes,
  ...componentRoutes,
  ...runRoutes,
} as const;

/** All routes as types: the client derives its signatures from it. */
export type Routes = typeof routes;
