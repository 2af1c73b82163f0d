import { ensureRetirementSchedule } from '@patchbay/flows';
import type { Logger } from 'pino';
import type { Composition } from './compose.ts';

const retryMs = 5_000;

/** Makes sure that versions retire on time (decision 0054); while Temporal is away it tries again, until it is stopped. */
export function startRetirementClock(
  { temporal }: Pick<Composition, 'temporal'>,
  taskQueue: string,
  log: Logger,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const start = (): void => {
    ensureRetirementSchedule(temporal.client, { taskQueue }).catch((error: unknown) => {
      if (isStopped) return;
      log.warn({ err: error }, 'the retirement clock could not be set; it is tried again');
      timer = setTimeout(start, retryMs).unref();
    });
  };
  start();
  return {
    // An attempt that is under way ends with the connection; a server that stops does not wait for a Temporal that is away.
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
