import type { RunService } from '@patchbay/flows';
import type { Logger } from 'pino';

const intervalMs = 3_000;

/** Brings run records in line with Temporal every few seconds, until it is stopped. */
export function startReconciler(runs: RunService, log: Logger): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let round: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    if (!isStopped) timer = setTimeout(start, intervalMs).unref();
  };
  const start = (): void => {
    round = runs.reconcile().then(
      () => undefined,
      (error: unknown) => {
        log.warn({ err: error }, 'reconciling failed; it is tried again');
      },
    );
    void round.then(schedule);
  };
  schedule();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
