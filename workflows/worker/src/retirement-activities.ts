/** The activity behind the retirement clock. */
import { ApplicationFailure } from '@temporalio/common';
import { isAppError } from '@patchbay/errors';
import { retirementActivity } from '@patchbay/interpreter';

/** What it calls. */
export interface RetirementServices {
  /** Retires every version whose `sunset_at` has passed; gives how many. */
  retireDue(): Promise<number>;
}

/** Makes it, by activity type. It is tried again until it works: a database that is away delays a retirement, no more. */
export function createRetirementActivities(services: RetirementServices) {
  return {
    [retirementActivity]: async (): Promise<number> => {
      try {
        return await services.retireDue();
      } catch (error) {
        if (!isAppError(error)) throw error;
        throw ApplicationFailure.create({ message: error.message, type: error.code, nonRetryable: !error.isRetryable });
      }
    },
  };
}
