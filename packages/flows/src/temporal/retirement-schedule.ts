import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { retirementClockWorkflow } from '@patchbay/interpreter';

/** Where the rounds of the clock run. */
export interface RetirementSchedule {
  readonly taskQueue: string;
  /** Time between two rounds in ms; a minute unless a test is in a hurry. */
  readonly everyMs?: number;
}

const minuteMs = 60_000;

/** Id of the one schedule of an installation. */
export function retirementScheduleId(taskQueue: string): string {
  return `patchbay-retirement-clock/${taskQueue}`;
}

/**
 * Makes sure that the retirement clock ticks (decision 0054); safe to repeat and to run on several servers at once. One that is there
 * already is brought up to date. Throws what the Temporal client throws.
 */
export async function ensureRetirementSchedule(client: Client, schedule: RetirementSchedule): Promise<void> {
  const options = optionsOf(schedule);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies } = options;
    await client.schedule
      .getHandle(options.scheduleId)
      .update((present) => ({ spec, action, policies, state: present.state }));
  }
}

function optionsOf({ taskQueue, everyMs = minuteMs }: RetirementSchedule) {
  return {
    scheduleId: retirementScheduleId(taskQueue),
    spec: { intervals: [{ every: everyMs }] },
    action: {
      type: 'startWorkflow',
      workflowType: retirementClockWorkflow,
      workflowId: `patchbay-retirement-clock/${taskQueue}`,
      taskQueue,
      args: [],
    },
    // One round does the work of all that were missed.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: minuteMs },
  } satisfies ScheduleOptions;
}
