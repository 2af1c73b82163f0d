import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer is there; throws with `what` and the last answer when the deadline has passed. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false>,
  deadlineMs = 30_000,
): Promise<Value> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (thrown) {
      last = thrown;
    }
    await delay(50);
  }
  throw new Error(`Waited ${deadlineMs} ms in vain: ${what} (last: ${String(last)})`);
}
