/** A mock of a description: it answers by its examples and refuses requests that do not fit it. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findFreePort, waitFor } from '@patchbay/tooling';
import { request } from 'undici';

/** A running mock. */
export interface PrismMock {
  readonly url: string;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const entry = join(dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js');

/** Starts the mock of the description in a file, on a free port of this machine. */
export async function startPrism(file: string): Promise<PrismMock> {
  const port = await findFreePort();
  const args = [entry, 'mock', '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'silent', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const url = `http://127.0.0.1:${String(port)}`;
  try {
    await waitFor(async () => (await request(`${url}/`)).body.dump(), {
      timeoutMs: 120_000,
      abandon: () => (child.exitCode === null ? undefined : `prism ended: ${said}`),
    });
  } catch (error) {
    child.kill();
    throw error;
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
