export { buildWorkflowBundle, bundleWorkflows, failureConverterPath, workflowsPath } from './build-workflow-bundle.ts';
export { createWorker, type CreateWorkerOptions, type WorkerLimits, type WorkerServices } from './create-worker.ts';
export { watchLoop, type WatchdogOptions } from './loop-watchdog.ts';
export { startWorker, type RunningWorker } from './start-worker.ts';
export { workerConfigSchema, type WorkerConfig, type WorkerRole } from './worker-config.ts';
