/** A duration in words as short as they can be: `41 ms`, `13.3 s`, `2 min 5 s`, `3 h 10 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.max(0, Math.round(durationMs))} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1_000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** A clock time of today, `09:14:02`. */
export const formatClock = (instant: string): string =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A day and a clock time, `21 Nov, 09:14:02`. */
export const formatInstant = (instant: string): string =>
  `${new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${formatClock(instant)}`;
