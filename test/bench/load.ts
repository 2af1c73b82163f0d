import { percentile, rounded } from './statistics.ts';

/** What a load run measured. Milliseconds. */
export interface LoadResult {
  readonly p50: number;
  readonly p95: number;
  readonly perSecond: number;
}

/** Sends `count` requests with `concurrency` at once and measures each; `send` throws on a wrong answer. */
export async function measureLoad(
  options: { count: number; concurrency: number },
  send: (index: number) => Promise<void>,
): Promise<LoadResult> {
  const times: number[] = [];
  let next = 0;
  const begin = performance.now();
  const lane = async (): Promise<void> => {
    for (let index = next++; index < options.count; index = next++) {
      const start = performance.now();
      await send(index);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, lane));
  const seconds = (performance.now() - begin) / 1_000;
  return {
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(percentile(times, 0.95)),
    perSecond: rounded(options.count / seconds),
  };
}
