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
