import { shortClock } from '../../format/time.ts';

/** A stretch of time that the runs screen can show. */
export interface Period {
  readonly value: string;
  readonly label: string;
  readonly ms: number;
  /** Bars of the histogram. */
  readonly buckets: number;
}

const hourMs = 3_600_000;

/** Stretches to choose from; the first is the default. */
export const periods: readonly Period[] = [
  { value: '24h', label: '24 hours', ms: 24 * hourMs, buckets: 96 },
  { value: '1h', label: '1 hour', ms: hourMs, buckets: 60 },
  { value: '7d', label: '7 days', ms: 7 * 24 * hourMs, buckets: 84 },
  { value: '30d', label: '30 days', ms: 30 * 24 * hourMs, buckets: 90 },
];

/** The period of a query parameter; an unknown one gives the default. */
export function periodOf(value: string): Period {
  const [first] = periods;
  const found = periods.find((period) => period.value === value) ?? first;
  if (found === undefined) throw new Error('there is always a first period');
  return found;
}

/** Start of a period, on a whole minute so that a reload asks for the same. */
export const startOf = (period: Period, now = Date.now()): string =>
  new Date(Math.floor((now - period.ms) / 60_000) * 60_000).toISOString();

/** Five words under the histogram. */
export function ticksOf(period: Period, now = Date.now()): string[] {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
  const isLong = period.ms > 24 * hourMs;
  return [4, 3, 2, 1, 0].map((quarter) => {
    const at = now - (period.ms * quarter) / 4;
    if (quarter === 0) return 'Now';
    return isLong ? day.format(at) : shortClock(at);
  });
}

/** "09:30 to 09:45", for the chip of a chosen bar. */
export const spanWords = (after: string, until: string): string => `${shortClock(after)} to ${shortClock(until)}`;
