export { flowsMigrations } from './migrations/index.ts';
export { createPlanRepository, type PlanRepository } from './flow/plan-repository.ts';
export {
  createBlobStore,
  inlineLimitBytes,
  isBlobReference,
  storeIfLarge,
  type BlobStore,
} from './storage/blob-repository.ts';
export {
  createRunRecorder,
  type AttemptEnd,
  type AttemptStart,
  type RunClose,
  type RunRecorder,
  type RunRecorderOptions,
  type RunStateChange,
} from './run/run-recorder.ts';
export { createPayloadCodec, type PayloadCodecOptions, type PayloadKey } from './temporal/payload-codec.ts';
export { createFlowsModule, type FlowsModule, type OpenWebhook } from './flows-module.ts';
export type { ComponentService, ComponentSource } from './component/component-service.ts';
export type { ApiVersionItem } from './component/search-api-versions.ts';
export { runFlowVersion, type FlowCall, type FlowCallResult } from './run/run-flow-version.ts';
export { type FlowService } from './flow/flow-service.ts';
export { type Actor, type ConnectionDirectory, type ConnectorCatalog, type SecretBox } from './flow/flow-deps.ts';
export { createFlowReferences, type FlowReferences } from './flow/flow-references-repository.ts';
export { type RunDeps, type RunEngineDeps } from './run/run-deps.ts';
export { type ClosedRunNumbers } from './run/closed-run-repository.ts';
export { type RunService } from './run/run-service.ts';
export { type OperationTester } from './run/test-operation.ts';
export { connectTemporal, type TemporalConnection, type TemporalOptions } from './temporal/temporal-client.ts';
export {
  ensureRetirementSchedule,
  retirementScheduleId,
  type RetirementSchedule,
} from './temporal/retirement-schedule.ts';
export { isWorkerPresent } from './temporal/worker-presence.ts';
export { type WebhookAnswer, type WebhookRequest } from './webhook/call-webhook.ts';
