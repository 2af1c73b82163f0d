import type { Logger } from 'pino';
import type { Composition } from './compose.ts';
import { repeatUntilDone } from './repeat-until-done.ts';

const retryMs = 5_000;

/** Makes the search of the marketplace fast from its first use on; nothing waits for that. */
export function startSearchPreparation({ registry }: Pick<Composition, 'registry'>, log: Logger): { stop(): void } {
  return repeatUntilDone({
    work: () => registry.prepareSearch(),
    onFailure: (error) => {
      log.warn({ err: error }, 'the marketplace could not be read in advance; it is tried again');
      return retryMs;
    },
  });
}
