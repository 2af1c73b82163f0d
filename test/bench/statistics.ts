/** Value below which the given share (0 to 1) of the samples lies; samples need not be sorted. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle sample, or what lies between the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[sorted.length / 2 - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * How far the median of other samples would lie from this one, 19 times out of 20, in percent of it. Made from the median
 * distance to the median, so that a few disturbed samples do not count.
 */
export function spread(samples: readonly number[]): number {
  const middle = median(samples);
  const deviation = 1.4826 * median(samples.map((sample) => Math.abs(sample - middle)));
  return ((1.96 * 1.2533 * deviation) / Math.sqrt(samples.length) / middle) * 100;
}

/** When to stop repeating a measurement. */
export interface Steadiness {
  readonly atLeast: number;
  readonly atMost: number;
  /** Percent: enough when the {@link spread} of every reading is below. */
  readonly within: number;
}

/** Repeats a round until its readings repeat. */
export async function untilSteady<Round>(
  limits: Steadiness,
  measure: (index: number) => Promise<Round>,
  readings: readonly ((round: Round) => number)[],
): Promise<Round[]> {
  const rounds: Round[] = [];
  const isSteady = (): boolean => readings.every((read) => spread(rounds.map(read)) <= limits.within);
  while (rounds.length < limits.atLeast || (rounds.length < limits.atMost && !isSteady())) {
    rounds.push(await measure(rounds.length));
  }
  return rounds;
}

/** Rounded for a table. */
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
