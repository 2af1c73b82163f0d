/** The worker of the bench: the product's own, with an operation that costs nothing. Answers `cpu` with its processor time. */
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createPayloadCodec } from '@patchbay/flows';
import { bundleWorkflows, createWorker, type WorkerServices } from '@patchbay/worker';

const [address = '', namespace = '', taskQueue = '', key = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });

type Call = Parameters<WorkerServices['runtime']['invoke']>[0];

const nothing = (): Promise<never> => Promise.reject(new Error('The bench uses none.'));
const services: WorkerServices = {
  versions: { assertRunnable: () => Promise.resolve() },
  retirement: { retireDue: nothing },
  flowCalls: { run: nothing },
  manifests: { manifestFor: () => Promise.resolve({} as Call['manifest']) },
  credentials: { read: nothing },
  runtime: { invoke: ({ input }) => Promise.resolve({ output: { n: input['n'] ?? 0 } }) },
  recorder: { attemptStarted: () => undefined, attemptEnded: () => undefined, runClosed: () => undefined },
  blobs: { put: nothing, get: nothing },
  plans: { load: nothing },
};
const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
// Bundled as the product bundles: what is loaded once per worker there is so here, the hand-written workflow too.
const code = await bundleWorkflows(fileURLToPath(new URL('./workflows.ts', import.meta.url)));
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
