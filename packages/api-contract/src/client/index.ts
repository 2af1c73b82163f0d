export {
  createApiClient,
  type ApiClient,
  type ApiClientOptions,
  type CallOptions,
  type RouteResponse,
} from './api-client.ts';
export { routePaths, runEventsPath, webhookPath, type RouteId } from './route-paths.ts';
export type { Connection } from '../resources/connection.ts';
export type { Connector, ConnectorSummary } from '../resources/connector.ts';
export type { Flow, FlowSummary } from '../resources/flow.ts';
export type { Role, Session, User } from '../resources/identity.ts';
export type { Run, RunStep, RunStepData, RunSummary } from '../resources/run.ts';
