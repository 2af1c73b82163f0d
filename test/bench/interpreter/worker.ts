/** The worker of the bench: the product's own, with an operation that costs nothing. Answers `cpu` with its processor time. */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createPayloadCodec } from '@patchbay/flows';
import { createWorker, failureConverterPath, type WorkerServices } from '@patchbay/worker';

const [address = '', namespace = '', taskQueue = '', key = ''] = process.argv.slice(2);
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });

type Call = Parameters<WorkerServices['runtime']['invoke']>[0];

const nothing = (): Promise<never> => Promise.reject(new Error('The bench uses none.'));
const services: WorkerServices = {
  manifests: { manifestFor: () => Promise.resolve({} as Call['manifest']) },
  credentials: { read: nothing },
  runtime: { invoke: ({ input }) => Promise.resolve({ output: { n: input['n'] ?? 0 } }) },
  recorder: { attemptStarted: () => undefined, attemptEnded: () => undefined, runClosed: () => undefined },
  blobs: { put: nothing, get: nothing },
  plans: { load: nothing },
};
const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  failureConverterPath: failureConverterPath(),
  logger,
});
const dataKey = { id: 'key-1', key: Buffer.from(key, 'base64') };
const worker = await createWorker({
  connection,
  namespace,
  taskQueue,
  role: 'all',
  workflowBundle: code,
  payloadCodecs: [createPayloadCodec({ keyFor: () => Promise.resolve(dataKey) })],
  services,
  limits: { maxActivities: 50, maxWorkflowTasks: 40, maxCachedRuns: 1_000 },
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1_000 });
});
process.once('disconnect', () => {
  worker.shutdown();
});
process.send?.('ready');
await worker.run();
await connection.close();
