import { createServer, type IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { readEnvironment } from '@patchbay/config';
import type { Order, Receipt, threeTransforms } from './workflows.ts';

/** The routes of the hand-written workflows: a POST starts one and answers with its result. `/fast` and `/standard` make four calls. */
const env = readEnvironment();
const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS'] ?? '' });
const client = new Client({ connection, namespace: env['TEMPORAL_NAMESPACE'] ?? 'patchbay' });
const taskQueue = env['BENCH_TASK_QUEUE'] ?? 'bench';

async function answer(order: Order, mode: string): Promise<Receipt> {
  const start = new WithStartWorkflowOperation(mode === '' ? 'threeTransforms' : 'fourOperations', {
    taskQueue,
    workflowId: `bench/${randomUUID()}`,
    args: [order, mode],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  return client.workflow.executeUpdateWithStart<typeof threeTransforms, Receipt, []>('reply', {
    startWorkflowOperation: start,
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const server = createServer((request, response) => {
  readBody(request)
    .then((body) => answer(JSON.parse(body) as Order, (request.url ?? '/').slice(1)))
    .then(
      (receipt) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(receipt)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
});
server.listen(Number(env['PORT']), '127.0.0.1', () => process.send?.('ready'));
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void connection.close();
});
