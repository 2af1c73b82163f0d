import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '@patchbay/config';
import { superviseProcess } from './supervised-process.ts';

const folder = await mkdtemp(join(tmpdir(), 'patchbay-supervised-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a process whose whole program is `code` and answers how its start failed. */
async function failedStartOf(name: string, code: string): Promise<unknown> {
  const entry = join(folder, `${name}.mjs`);
  await writeFile(entry, code);
  const supervised = superviseProcess({
    ...{ name: 'server', args: [], entry, env: readEnvironment() },
    ...{ onReady: () => undefined, onLine: () => undefined, onRestart: () => undefined },
  });
  return supervised.ready.catch((error: unknown) => error);
}

describe('a process that ends before it is ready', () => {
  it('is answered with the error that it told', async () => {
    const error = { code: 'port_taken', reason: 'Port 9000 is taken.', hint: 'Free it.', details: {} };
    const message = JSON.stringify({ type: 'failed', problem: { status: 409, error } });
    const failure = await failedStartOf('told', `process.send(${message}, () => process.exit(5))`);
    expect(failure).toMatchObject({ code: 'port_taken', message: 'Port 9000 is taken.', hint: 'Free it.' });
  });

  it('is answered with its last words and where to find the rest when it understood nothing itself', async () => {
    const failure = await failedStartOf('unknown', `throw new TypeError('nobody expected this')`);
    expect(failure).toMatchObject({ code: 'service_unavailable' });
    expect((failure as Error).message).toContain('exit code 1');
    expect((failure as Error).message).toMatch(/TypeError: nobody expected this\n.*at .*unknown\.mjs/);
    expect((failure as { hint: string }).hint).toContain('logs/server.log');
  });
});
