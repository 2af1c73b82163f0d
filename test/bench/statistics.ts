/** Value below which the given share (0 to 1) of the samples lies; samples need not be sorted. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle sample. */
export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Rounded for a table. */
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
