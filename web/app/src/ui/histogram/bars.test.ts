import { expect, it } from 'vitest';
import { barsOf } from './bars.ts';

const size = { width: 100, height: 50, gap: 2, minHeight: 3 };

it('shows one failure among thousands', () => {
  const [bad] = barsOf([{ succeeded: 10_000, failed: 1 }], size);
  expect(bad).toMatchObject({ kind: 'bad', height: 3 });
});

it('never leaves the chart', () => {
  for (const bar of barsOf(
    [
      { succeeded: 5, failed: 5 },
      { succeeded: 0, failed: 9 },
      { succeeded: 9, failed: 0 },
    ],
    size,
  )) {
    expect(bar.y).toBeGreaterThanOrEqual(0);
    expect(bar.y + bar.height).toBeLessThanOrEqual(50);
  }
});

it('draws nothing for a stretch without runs', () => {
  expect(barsOf([{ succeeded: 0, failed: 0 }], size)).toEqual([]);
});
