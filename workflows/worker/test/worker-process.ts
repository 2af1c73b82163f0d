/** A worker in a process of its own, to be killed: `node worker-process.ts <address> <namespace> <task queue> <key> <effect url>`. */
import { NativeConnection } from '@temporalio/worker';
import { createPayloadCodec } from '@patchbay/flows';
import { createWorker } from '../src/create-worker.ts';
import { bundleWorkflows } from '../src/build-workflow-bundle.ts';
import { createWorkerLog, installTemporalLog } from '../src/worker-log.ts';
import { testServices } from './test-services.ts';

const [address = '', namespace = '', taskQueue = '', key = '', effectUrl = ''] = process.argv.slice(2);

installTemporalLog(createWorkerLog({ PATCHBAY_LOG_LEVEL: 'silent' }));
const { services } = testServices({
  /** Leaves a trace outside under its idempotency key, then answers a little later: the moment to be killed. */
  effect: async ({ idempotencyKey, input }) => {
    const query = new URLSearchParams({ key: idempotencyKey, step: JSON.stringify(input['step']) });
    const response = await fetch(`${effectUrl}?${query.toString()}`, { method: 'POST' });
    return (await response.json()) as { count: number };
  },
});
const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
const worker = await createWorker({
  connection,
  namespace,
  taskQueue,
  role: 'all',
  workflowBundle: await bundleWorkflows(),
  payloadCodecs: [
    createPayloadCodec({ keyFor: () => Promise.resolve({ id: 'key-1', key: Buffer.from(key, 'base64') }) }),
  ],
  services,
  limits: { maxActivities: 100, maxWorkflowTasks: 40, maxCachedRuns: 500 },
});
process.send?.('ready');
await worker.run();
