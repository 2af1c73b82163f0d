/** Remote systems that give back what they were sent, as careless ones do. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A server on the loopback interface. */
export interface Remote {
  readonly port: number;
  stop(): Promise<void>;
}

/** An HTTP server: `/ok`, `/refused` and `/broken` echo the credentials in body and headers, `/hang` never answers. */
export interface EchoingApi extends Remote {
  readonly url: string;
  /** Addresses called so far, in order. */
  readonly called: readonly string[];
  /** True if a credential has arrived; a test that plants none proves nothing. */
  readonly hasSeen: (secret: string) => boolean;
}

const statuses: Readonly<Record<string, number>> = { '/ok': 200, '/refused': 401, '/broken': 500 };
/** The error messages keep some hundred characters of the answer: so one cut goes through a secret. */
const lengthsBefore = [0, 40, 180, 220, 250, 260, 270, 280, 430, 460];

/** Starts the HTTP server. */
export async function startEchoingApi(): Promise<EchoingApi> {
  const called: string[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    called.push(request.url ?? '');
    seen.push(...credentialsOf(request));
    if (request.url !== '/hang') answer(request, response, called.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    called,
    hasSeen: (secret) => seen.some((credential) => credential.includes(secret)),
    stop: () => {
      server.closeAllConnections();
      return closed(server);
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, number: number): void {
  const credentials = credentialsOf(request);
  const written = credentials.flatMap((credential) => [
    credential,
    Buffer.from(credential).toString('base64'),
    encodeURIComponent(credential),
    Buffer.from(credential).toString('hex'),
  ]);
  const before = 'x'.repeat(lengthsBefore[number % lengthsBefore.length] ?? 0);
  response.writeHead(statuses[request.url ?? ''] ?? 404, {
    'content-type': 'application/json',
    'x-echo': credentials.join(' '),
    'set-cookie': `session=${encodeURIComponent(credentials.join())}`,
    'www-authenticate': `Bearer realm=${credentials.join()}`,
  });
  response.end(JSON.stringify({ before, written, [written[0] ?? 'none']: 'as a key' }));
}

/** What the caller proved itself with, also in plain text for Basic. */
function credentialsOf({ headers }: IncomingMessage): string[] {
  const authorization = headers.authorization?.replace(/^\w+ /, '') ?? '';
  const plain = headers.authorization?.startsWith('Basic ') ? Buffer.from(authorization, 'base64').toString() : '';
  return [String(headers['x-api-key'] ?? ''), authorization, plain].filter((text) => text !== '');
}

/** An SMTP server that takes one password and tells everybody else the password they tried. */
export async function startEchoingMail(password: string): Promise<Remote> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: (auth, _session, done) => {
      if (auth.password === password) done(null, { user: auth.username ?? '' });
      else done(new Error(`Unknown password ${auth.password ?? ''}`));
    },
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => {
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
