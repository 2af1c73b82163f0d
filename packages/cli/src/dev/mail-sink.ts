import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '@patchbay/tooling';
import { SMTPServer } from 'smtp-server';

/** A mail server for trying out flows: takes every mail and keeps it as a file. */
export interface MailSink {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the sink on the loopback interface, on another port if `port` was taken in the meantime; mails land in `folder`
 * as `.eml` files.
 */
export async function startMailSink(folder: string, port: number): Promise<MailSink> {
  await mkdir(folder, { recursive: true });
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) => {
      done(null, { user: auth.username ?? 'anyone' });
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        count += 1;
        const name = `${new Date().toISOString().replaceAll(':', '-')}-${count}.eml`;
        writeFile(join(folder, name), Buffer.concat(chunks)).then(() => {
          done();
        }, done);
      });
    },
  });
  const bound = await listen(server, port).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return listen(server, await findFreePort());
  });
  return {
    port: bound,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

async function listen(server: SMTPServer, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    resolve(undefined);
  });
  try {
    await promise;
    return port;
  } finally {
    server.off('error', reject);
  }
}
