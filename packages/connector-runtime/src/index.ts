export { createConnectorRuntime, type ConnectorRuntimeOptions } from './create-connector-runtime.ts';
export { fetchRecords, type FetchCall } from './fetch-records.ts';
export type { EgressPolicy } from './egress/allow-list.ts';
export { createEgressGuard, type EgressGuard, type EgressRule, type ResolveHost } from './egress/egress-guard.ts';
export {
  createGuardedHttp,
  type FetchTextOptions,
  type FormAnswer,
  type FormPost,
  type GuardedHttp,
} from './http/guarded-http.ts';
export { accessTokenField } from './http/authorizer.ts';
export type { CallRecord } from './http/call-record.ts';
export { findProblems } from './schema-problems.ts';
export type { ConnectorRuntime, OperationCall, OperationResult, PluginStore, RuntimeLog } from './operation-call.ts';
export { createRedactor, isSensitiveName, mask, type Redactor } from './redaction/redactor.ts';
export { defaultRuntimeLimits, type RuntimeLimits } from './runtime-limits.ts';
