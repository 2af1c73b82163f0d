import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** A remote system that remembers every call by its idempotency key, as a payment provider does. */
export interface EffectRecorder {
  readonly url: string;
  /** Calls by key: how often it came, and the bodies that came with it. */
  readonly calls: ReadonlyMap<string, { count: number; bodies: Set<string> }>;
  /** Settles when a call to `/hang` has arrived; such calls never get an answer. */
  readonly hanging: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the recorder on the loopback interface. */
export async function startEffectRecorder(): Promise<EffectRecorder> {
  const calls = new Map<string, { count: number; bodies: Set<string> }>();
  const hanging = Promise.withResolvers<undefined>();
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const key = String(request.headers['idempotency-key'] ?? 'none');
      const call = calls.get(key) ?? { count: 0, bodies: new Set() };
      call.count += 1;
      call.bodies.add(`${request.url ?? ''} ${body}`);
      calls.set(key, call);
      if (request.url === '/hang') hanging.resolve(undefined);
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    calls,
    hanging: hanging.promise,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
