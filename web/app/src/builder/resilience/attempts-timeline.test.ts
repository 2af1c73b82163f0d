import { describe, expect, it } from 'vitest';
import { spanWords, startWords, ticksUpTo, timelineOf } from './attempts-timeline.ts';

const defaults = {
  timeout_s: 30,
  max_retries: 3,
  retry_delay_s: 1,
  backoff: 'exponential',
  rate_limit_per_min: 60,
  breaker_threshold: 5,
  breaker_recovery_s: 30,
} as const;

describe('timelineOf', () => {
  it.each([
    ['exponential', [1, 2, 4], [0, 1, 3, 7]],
    ['linear', [1, 2, 3], [0, 1, 3, 6]],
    ['none', [1, 1, 1], [0, 1, 2, 3]],
  ] as const)('%s: pauses %j, starts %j', (backoff, pauses, starts) => {
    expect(timelineOf({ ...defaults, backoff })).toMatchObject({ pauses, starts });
  });

  it('says when the step fails, at once or by timeouts', () => {
    expect(timelineOf(defaults)).toMatchObject({ failsAfterS: 7, timesOutAfterS: 127 });
    expect(timelineOf({ ...defaults, max_retries: 0 })).toMatchObject({ starts: [0], failsAfterS: 0 });
  });

  it('never pauses longer than an hour', () => {
    expect(Math.max(...timelineOf({ ...defaults, max_retries: 100 }).pauses)).toBe(3_600);
  });
});

it('says the starts in words', () => {
  expect(startWords(timelineOf(defaults))).toBe('0, 1, 3 and 7 s');
  expect(startWords(timelineOf({ ...defaults, max_retries: 0 }))).toBe('0 s');
  expect(startWords(timelineOf({ ...defaults, max_retries: 10 }), 3)).toBe('0, 1, 3 s and 8 more');
});

it('says spans in two units', () => {
  expect([7, 0.5, 127, 3_600, 90_000].map(spanWords)).toEqual(['7 s', '0.5 s', '2 min 7 s', '1 h', '1 d 1 h']);
});

it.each([0.4, 1, 7, 9, 63, 5_000, 400_000])('draws at most ten round ticks that reach %d', (end) => {
  const ticks = ticksUpTo(end);
  expect(ticks.length).toBeLessThanOrEqual(11);
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(end);
});
