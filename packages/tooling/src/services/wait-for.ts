import { setTimeout as delay } from 'node:timers/promises';

/** How long to ask, and when to give up early. */
export interface WaitOptions {
  readonly timeoutMs: number;
  /** A reason to stop asking at once, such as a process that has ended. */
  readonly abandon?: () => string | undefined;
}

const pauseMs = 50;

/**
 * Asks again and again until `ask` succeeds.
 *
 * @throws the last failure of `ask`, or an error with the reason to abandon.
 */
export async function waitFor<Answer>(ask: () => Promise<Answer>, options: WaitOptions): Promise<Answer> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const reason = options.abandon?.();
      if (reason !== undefined) throw new Error(reason, { cause: error });
      if (performance.now() > deadline) throw error;
      await delay(pauseMs);
    }
  }
}
