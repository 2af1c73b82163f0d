import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RunFeed } from './run-feed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks once a second for a tenant however many watch, and tells each change', async () => {
  let mark = 'a';
  const markOf = vi.fn(() => Promise.resolve(mark));
  const feed = new RunFeed(markOf, () => undefined);
  const [one, two] = [vi.fn(), vi.fn()];
  const stops = [feed.subscribe('t', one), feed.subscribe('t', two)];
  await vi.advanceTimersByTimeAsync(3_000);
  expect(markOf).toHaveBeenCalledTimes(4);
  expect(one).not.toHaveBeenCalled();
  mark = 'b';
  await vi.advanceTimersByTimeAsync(1_000);
  expect([one, two].map((listener) => listener.mock.calls.length)).toEqual([1, 1]);
  for (const stop of stops) stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(markOf).toHaveBeenCalledTimes(5);
});

it('goes on after a failure', async () => {
  const errors: unknown[] = [];
  let answer = (): Promise<string> => Promise.resolve('a');
  const feed = new RunFeed(
    () => answer(),
    (error) => errors.push(error),
  );
  const listener = vi.fn();
  const stop = feed.subscribe('t', listener);
  await vi.advanceTimersByTimeAsync(0);
  answer = () => Promise.reject(new Error('away'));
  await vi.advanceTimersByTimeAsync(1_000);
  answer = () => Promise.resolve('b');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(errors).toHaveLength(1);
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
});
