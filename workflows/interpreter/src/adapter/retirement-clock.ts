/** One round of the retirement clock; a schedule starts one every minute. */
import { proxyActivities } from '@temporalio/workflow';
import { retirementActivity } from '../core/retirement-clock-contract.ts';

/** A round that takes longer is given up: the next one does the same work. */
const roundMs = 55_000;

const activities = proxyActivities<Record<typeof retirementActivity, () => Promise<number>>>({
  startToCloseTimeout: 30_000,
  scheduleToCloseTimeout: roundMs,
  retry: { initialInterval: 1_000, maximumInterval: 10_000 },
});

/** Retires what is due; gives how many versions that were. Registered as `retirementClock.v1`. */
export function retirementClockV1(): Promise<number> {
  return activities[retirementActivity]();
}
