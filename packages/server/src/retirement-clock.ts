import { ensureRetirementSchedule } from '@patchbay/flows';
import type { Logger } from 'pino';
import type { Composition } from './compose.ts';
import { repeatUntilDone } from './repeat-until-done.ts';

const retryMs = 5_000;

/** Makes sure that versions retire on time (decision 0054); while Temporal is away it tries again, until it is stopped. */
export function startRetirementClock(
  { temporal }: Pick<Composition, 'temporal'>,
  taskQueue: string,
  log: Logger,
): { stop(): void } {
  return repeatUntilDone({
    work: () => ensureRetirementSchedule(temporal.client, { taskQueue }),
    onFailure: (error) => {
      log.warn({ err: error }, 'the retirement clock could not be set; it is tried again');
      return retryMs;
    },
  });
}
