import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One request a stub got. */
export interface StubRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real server on a free port of 127.0.0.1. */
export interface StubRemote {
  readonly port: number;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Everything it got, in order; empty for a TCP stub. */
  readonly requests: readonly StubRequest[];
  /** How many connections were made so far. */
  connectionCount(): number;
  close(): Promise<void>;
}

/** Starts an HTTP server that records each request and then answers. An answer that is never ended hangs. */
export async function startHttpStub(
  answer: (request: StubRequest, response: ServerResponse) => void,
): Promise<StubRemote> {
  const requests: StubRequest[] = [];
  const server = createHttpServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
      requests.push(request);
      answer(request, response);
    });
  });
  return listen(server, requests);
}

/** Starts a TCP server that accepts connections and never says a word. */
export async function startSilentStub(): Promise<StubRemote> {
  return listen(createTcpServer(), []);
}

async function listen(server: Server, requests: readonly StubRequest[]): Promise<StubRemote> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${String(port)}`,
    requests,
    connectionCount: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
