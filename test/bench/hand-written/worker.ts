import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker, bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { readEnvironment } from '@patchbay/config';
import { get } from './activities.ts';

/**
 * The worker of the hand-written workflow: a process of its own, set up as the SDK's samples do it. With `BENCH_MAIN_THREAD`
 * workflow code runs on the main thread, as in ours.
 */
const env = readEnvironment();
Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({
  address: env['TEMPORAL_ADDRESS'] ?? '',
  grpcCompression: { codec: 'none' },
});
const bundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  logger: new DefaultLogger('ERROR'),
});
const worker = await Worker.create({
  connection,
  namespace: env['TEMPORAL_NAMESPACE'] ?? 'patchbay',
  taskQueue: env['BENCH_TASK_QUEUE'] ?? 'bench',
  workflowBundle: bundle,
  activities: { get },
  reuseV8Context: true,
  debugMode: env['BENCH_MAIN_THREAD'] === 'true',
  maxCachedWorkflows: 1_000,
  maxConcurrentWorkflowTaskExecutions: 40,
});
process.once('SIGTERM', () => {
  worker.shutdown();
});
process.send?.('ready');
await worker.run();
await connection.close();
