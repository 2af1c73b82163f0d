import { isAppError } from '@patchbay/errors';
import type { Logger } from 'pino';
import type { Composition } from './compose.ts';
import { repeatUntilDone } from './repeat-until-done.ts';

const retryMs = 5_000;
/** What only an operator can change is looked at less often. */
const operatorRetryMs = 10 * 60_000;

/** Makes the attributes known by which an operator finds runs in Temporal; runs do not wait for that. */
export function registerRunAttributes({ temporal }: Pick<Composition, 'temporal'>, log: Logger): { stop(): void } {
  return repeatUntilDone({
    work: () => temporal.attributes.ensure(),
    onFailure: (error) => {
      const needsOperator = isAppError(error) && error.code === 'config_invalid';
      if (needsOperator) log.warn({ err: error, hint: error.hint }, error.message);
      else log.warn({ err: error }, 'the search attributes of runs could not be registered; it is tried again');
      return needsOperator ? operatorRetryMs : retryMs;
    },
  });
}
