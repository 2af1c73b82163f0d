/** Runs in one stretch of time. */
export interface Bucket {
  readonly succeeded: number;
  readonly failed: number;
}

/** One rectangle of a bar chart, in the units of the view box. */
export interface Bar {
  readonly kind: 'ok' | 'bad';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size of a chart. */
export interface BarChartSize {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** The least height of a bar that is not zero, so that one failure is seen among thousands. */
  readonly minHeight: number;
}

/** Stacks failed under succeeded, from the bottom, with a gap of 1 between them. */
export function barsOf(buckets: readonly Bucket[], size: BarChartSize): Bar[] {
  const max = Math.max(1, ...buckets.map((bucket) => bucket.succeeded + bucket.failed));
  const step = size.width / Math.max(1, buckets.length);
  const scale = (count: number): number =>
    count === 0 ? 0 : Math.max(size.minHeight, Math.round((count / max) * (size.height - 2)));
  return buckets.flatMap((bucket, index) => {
    const shared = { x: round(index * step), width: round(Math.max(1, step - size.gap)) };
    const bad = scale(bucket.failed);
    const wanted = scale(bucket.succeeded);
    const ok = Math.min(wanted, size.height - bad - (bad > 0 ? 1 : 0));
    const bars: Bar[] = [];
    if (bad > 0) bars.push({ kind: 'bad', ...shared, y: size.height - bad, height: bad });
    if (ok > 0) bars.push({ kind: 'ok', ...shared, y: size.height - bad - (bad > 0 ? 1 : 0) - ok, height: ok });
    return bars;
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
