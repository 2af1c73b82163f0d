import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '@patchbay/api-contract';
import type { Connected } from '../client/connect.ts';

const isOpen = (run: Run): boolean => run.state === 'queued' || run.state === 'running';

/** Reads a run until it has ended, asking less often the longer it takes (0.2 s to 5 s). `onChange` sees each answer. */
export async function watchRun(server: Connected, runId: string, onChange?: (run: Run) => void): Promise<Run> {
  for (let waitMs = 200; ; waitMs = Math.min(waitMs * 1.3, 5_000)) {
    const run = (await server.client.call('getRun', { params: { id: runId } }))._source;
    onChange?.(run);
    if (!isOpen(run)) return run;
    await delay(waitMs);
  }
}
