import { AppError } from '@patchbay/errors';

/** A signal that fires on cancellation or when the time is over. */
export interface Deadline {
  /** Its `reason` is an AppError: `operation_timeout` or `operation_cancelled`. */
  readonly signal: AbortSignal;
  /** Frees the timer; call it when the work is done. */
  dispose(): void;
}

/** Starts the clock of one call. `timeoutMs` counts from now. */
export function startDeadline(outer: AbortSignal, timeoutMs: number): Deadline {
  const controller = new AbortController();
  const cancel = (): void => controller.abort(new AppError('operation_cancelled'));
  const timer = setTimeout(() => {
    controller.abort(
      new AppError('operation_timeout', {
        message: `The external system did not answer within ${String(timeoutMs)} ms.`,
        details: { timeoutMs },
      }),
    );
  }, timeoutMs);
  if (outer.aborted) cancel();
  else outer.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', cancel);
    },
  };
}

/** Settles as `work` does, or rejects with the reason of `signal` as soon as it fires. */
export async function raceAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  // Whoever loses the race must not become an unhandled rejection.
  work.catch(() => undefined);
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
