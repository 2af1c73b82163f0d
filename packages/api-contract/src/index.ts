export { routes, type Routes } from './routes/index.ts';
export type { RouteBody, RouteQuery } from './routes/route-input.ts';
export { administrators, editors, type RouteAccess, type RouteDefinition } from './routes/route.ts';
export {
  createApiClient,
  type ApiClient,
  type ApiClientOptions,
  type CallOptions,
  type RouteResponse,
} from './client/api-client.ts';
export { routePaths, runEventsPath, webhookPath, type RouteId } from './client/route-paths.ts';
export { toFoundBody, toPageBody, type FoundBody, type PageBody } from './resources/bodies.ts';
export { InstantSchema, SearchQuerySchema } from './resources/envelope.ts';
export { PasswordSchema, RoleSchema, roles, type Role, type Session, type User } from './resources/identity.ts';
export { type Connector, type ConnectorSummary } from './resources/connector.ts';
export { secretMask, type Connection } from './resources/connection.ts';
export { type Flow, type FlowSummary } from './resources/flow.ts';
export {
  AttemptSchema,
  RunErrorSchema,
  RunSchema,
  RunStateSchema,
  type Run,
  type RunStep,
  type RunStepData,
  type RunSummary,
} from './resources/run.ts';
