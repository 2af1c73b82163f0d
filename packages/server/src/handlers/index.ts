import type { RouteHandlers } from '../app/route-handler.ts';
import { componentHandlers } from './component-handlers.ts';
import { connectionHandlers } from './connection-handlers.ts';
import { connectorAuthoringHandlers } from './connector-authoring-handlers.ts';
import { connectorHandlers } from './connector-handlers.ts';
import type { HandlerDeps } from './deps.ts';
import { flowHandlers } from './flow-handlers.ts';
import { lifecycleHandlers } from './lifecycle-handlers.ts';
import { openApiHandlers } from './openapi-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { sessionHandlers } from './session-handlers.ts';
import { tenantHandlers } from './tenant-handlers.ts';
import { userHandlers } from './user-handlers.ts';

/** A handler for every route; the compiler misses none. */
export function createHandlers(deps: HandlerDeps): RouteHandlers {
  return {
    ...sessionHandlers(deps),
    ...userHandlers(deps),
    ...tenantHandlers(deps),
    ...connectorHandlers(deps),
    ...connectorAuthoringHandlers(deps),
    ...lifecycleHandlers(deps),
    ...openApiHandlers(deps),
    ...connectionHandlers(deps),
    ...componentHandlers(deps),
    ...flowHandlers(deps),
    ...runHandlers(deps),
  };
}
