export {
  createApiClient,
  type ApiClient,
  type ApiClientOptions,
  type CallOptions,
  type RouteResponse,
} from './api-client.ts';
export {
  oauthCallbackPath,
  routePaths,
  allRunEventsPath,
  runEventsPath,
  webhookPath,
  webhookVersionPath,
  type RouteId,
} from './route-paths.ts';
export type { Connection } from '../resources/connection.ts';
export type { ApiVersion, FlowBranch } from '../resources/component.ts';
export type {
  AuditEntry,
  ChecklistEntry,
  Connector,
  ConnectorVersionView,
  CreateConnector,
  References,
  TestOperationResult,
} from '../resources/connector/connector.ts';
export type { ImportedOperation, OpenApiPreview } from '../resources/connector/import.ts';
export type { ConnectorSummary, Deprecation, Stage, Visibility } from '../resources/connector/summary.ts';
export type { Flow, FlowSummary } from '../resources/flow.ts';
export type { Role, Session, TenantView, User } from '../resources/identity.ts';
export type { Run, RunStep, RunStepData, RunSummary } from '../resources/run.ts';
