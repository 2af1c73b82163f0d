/** `ext` of requirements.md: a real HTTP server that records each call it gets. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that ext got. */
export interface SeenCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The running server. */
export interface ExtServer {
  readonly url: string;
  readonly seen: SeenCall[];
  /** What it answers next; by default 200 with a JSON that says hello. */
  answer: (call: SeenCall, response: ServerResponse) => void;
  reset(): void;
  close(): Promise<void>;
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const hello: ExtServer['answer'] = (_call, response) => sendJson(response, { hello: 'world' });

/** Starts it on a free port of this machine. */
export async function startExt(): Promise<ExtServer> {
  const seen: SeenCall[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      seen.push(call);
      ext.answer(call, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ext: ExtServer = {
    url: `http://127.0.0.1:${String(port)}`,
    seen,
    answer: hello,
    reset() {
      seen.length = 0;
      ext.answer = hello;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return ext;
}

async function readCall(request: IncomingMessage): Promise<SeenCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://ext');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
