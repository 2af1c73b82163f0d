import type { ResilienceDefinition } from '@patchbay/manifest';

/** The longest pause between two attempts, as the worker keeps it. */
const longestPauseS = 3_600;

/** What happens to one call that fails each time. Seconds since the first attempt. */
export interface AttemptsTimeline {
  /** When each attempt starts if the one before failed at once. */
  readonly starts: readonly number[];
  /** Pause before each attempt after the first. */
  readonly pauses: readonly number[];
  /** When the step fails if every attempt fails at once. */
  readonly failsAfterS: number;
  /** When the step fails if every attempt runs into the timeout. */
  readonly timesOutAfterS: number;
}

const growth: Readonly<Record<ResilienceDefinition['backoff'], (retry: number) => number>> = {
  none: () => 1,
  linear: (retry) => retry,
  exponential: (retry) => 2 ** (retry - 1),
};

/** Computes the attempts of a call, with the same pauses as the worker makes. */
export function timelineOf(settings: ResilienceDefinition): AttemptsTimeline {
  const pauses = Array.from({ length: settings.max_retries }, (_, index) =>
    Math.min(settings.retry_delay_s * growth[settings.backoff](index + 1), longestPauseS),
  );
  const starts = pauses.reduce<number[]>((known, pause) => [...known, (known.at(-1) ?? 0) + pause], [0]);
  const failsAfterS = starts.at(-1) ?? 0;
  return { starts, pauses, failsAfterS, timesOutAfterS: failsAfterS + settings.timeout_s * starts.length };
}

/** "0, 1, 3 and 7 s": when the attempts start, for who cannot see the picture. Many attempts are cut. */
export function startWords({ starts }: AttemptsTimeline, most = 8): string {
  const shown = starts.slice(0, most).map((start) => secondsText(start));
  const rest = starts.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} s and ${rest} more`;
  if (shown.length < 2) return `${shown.join('')} s`;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''} s`;
}

/** Seconds without needless digits: 0.5, 3, 12.25. */
export const secondsText = (seconds: number): string => String(Math.round(seconds * 100) / 100);

/** Seconds in the two greatest units: "9 s", "1 min 27 s", "3 h 5 min". */
export function spanWords(seconds: number): string {
  if (seconds < 60) return `${secondsText(seconds)} s`;
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  const [big, small] = units.slice(first, first + 2);
  if (big === undefined || small === undefined) return `${secondsText(seconds)} s`;
  const whole = Math.floor(seconds / big[1]);
  const rest = Math.floor((seconds - whole * big[1]) / small[1]);
  return rest === 0 ? `${whole} ${big[0]}` : `${whole} ${big[0]} ${rest} ${small[0]}`;
}

/** Ticks of an axis from 0 to at least `end`: round steps, at most ten of them. */
export function ticksUpTo(end: number): readonly number[] {
  const roundSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400];
  const step = roundSteps.find((candidate) => end / candidate <= 9) ?? Math.ceil(end / 9 / 86_400) * 86_400;
  const count = Math.ceil(end / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Math.round(index * step * 10) / 10);
}
