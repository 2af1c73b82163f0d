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
export {
  oauthCallbackPath,
  routePaths,
  allRunEventsPath,
  runEventsPath,
  webhookPath,
  webhookVersionPath,
  type RouteId,
} from './client/route-paths.ts';
export { toFoundBody, toPageBody, type FoundBody, type PageBody } from './resources/bodies.ts';
export { InstantSchema, SearchQuerySchema } from './resources/envelope.ts';
export {
  PasswordSchema,
  RoleSchema,
  roles,
  type Role,
  type Session,
  type TenantFeatures,
  type TenantView,
  type User,
} from './resources/identity.ts';
export {
  StageSchema,
  VisibilitySchema,
  stages,
  type ConnectorSummary,
  type Deprecation,
  type Stage,
  type Visibility,
} from './resources/connector/summary.ts';
export {
  ConnectorSchema,
  CreateConnectorSchema,
  type AuditEntry,
  type ChecklistEntry,
  type Connector,
  type ConnectorVersionView,
  type CreateConnector,
  type References,
  type TestOperationResult,
} from './resources/connector/connector.ts';
export {
  ImportedOperationSchema,
  OpenApiPreviewSchema,
  type ImportedOperation,
  type OpenApiPreview,
} from './resources/connector/import.ts';
export { type ApiVersion, type FlowBranch } from './resources/component.ts';
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
