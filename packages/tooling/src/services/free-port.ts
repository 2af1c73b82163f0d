import { createServer, type AddressInfo } from 'node:net';

/**
 * Ports below those that systems hand out for outgoing connections (Linux from 32768, macOS and Windows from 49152): one
 * of those may be taken by any connection between the moment it is found free and the moment it is listened on.
 */
const range = { from: 20_000, size: 12_000 };
const attempts = 50;

/** The preferred port of 127.0.0.1 if it is free, else a free one that no outgoing connection can take. */
export async function findFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await tryPort(preferred)) !== undefined) return preferred;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = range.from + Math.floor(Math.random() * range.size);
    if ((await tryPort(port)) !== undefined) return port;
  }
  const port = await tryPort(0);
  if (port === undefined) throw new Error('the system gave no free port');
  return port;
}

/** True for the words of a server whose port was taken after it had been found free. */
export function saysPortIsTaken(lines: readonly string[]): boolean {
  return lines.some((line) => /address already in use/i.test(line));
}

function tryPort(port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const server = createServer();
  server.once('error', () => {
    resolve(undefined);
  });
  server.listen(port, '127.0.0.1', () => {
    const { port: bound } = server.address() as AddressInfo;
    server.close(() => {
      resolve(bound);
    });
  });
  return promise;
}
