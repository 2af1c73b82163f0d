/** Resilience of a step in Temporal's words (engine.md 2.8 and 2.9). */
import { ActivityCancellationType, type ActivityOptions, type LocalActivityOptions } from '@temporalio/workflow';
import type { PlanOperationStep } from '@patchbay/flow-model/plan';

/** Time our own timeout has to be reported before Temporal gives the attempt up. */
const timeoutMarginMs = 2_000;
/** An attempt that may take longer than this sends signs of life, so that a lost worker is noticed sooner. */
const heartbeatAboveMs = 15_000;
const heartbeatTimeoutMs = 12_000;
/** Longest time an external system may ask us to wait; delays are cut to the policy's maximum otherwise. */
const maxRetryAfterMs = 3_600_000;
/** Attempts that got lost with their worker are repeated this often beside the user's retries. */
const lostAttempts = 10;
const maxQueueMs = 86_400_000;

const timeoutTypes = ['TemporalTimeout:StartToClose', 'TemporalTimeout:Heartbeat'];

/**
 * Options of a normal activity. The user's retries are counted by the activity itself, which fails for good when they
 * are used up; the policy allows more attempts only for those that got lost with their worker.
 */
export function activityOptions(step: PlanOperationStep, activityId: string): ActivityOptions {
  const { timeoutMs, maxRetries, retryDelayMs } = step.resilience;
  const startToCloseTimeout = timeoutMs + timeoutMarginMs;
  const isOnce = step.effect === 'once';
  const maximumAttempts = isOnce ? 1 : maxRetries + 1 + lostAttempts;
  return {
    activityId,
    startToCloseTimeout,
    scheduleToCloseTimeout: (startToCloseTimeout + maxRetryAfterMs) * maximumAttempts + maxQueueMs,
    ...(startToCloseTimeout > heartbeatAboveMs && { heartbeatTimeout: heartbeatTimeoutMs }),
    ...(step.taskQueue !== undefined && { taskQueue: step.taskQueue }),
    // Whether a call took effect matters for all but reads: wait until it is known.
    cancellationType:
      step.effect === 'read'
        ? ActivityCancellationType.TRY_CANCEL
        : ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      maximumAttempts,
      initialInterval: Math.max(retryDelayMs, 1),
      backoffCoefficient: 1,
      maximumInterval: Math.max(retryDelayMs, maxRetryAfterMs),
      ...(isOnce && { nonRetryableErrorTypes: timeoutTypes }),
    },
  };
}

/** Options of the one local attempt of fast mode. */
export function localOptions(step: PlanOperationStep): LocalActivityOptions {
  return {
    startToCloseTimeout: step.resilience.timeoutMs + timeoutMarginMs,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { maximumAttempts: 1 },
  };
}
