const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** How long ago in words that stay short: "12 s ago", "4 min ago", "yesterday", "Thursday", "12 Nov". */
export function timeAgo(instant: string, now = Date.now()): string {
  const then = new Date(instant);
  const ageMs = now - then.getTime();
  if (ageMs < 5_000) return 'just now';
  if (ageMs < minuteMs) return `${Math.floor(ageMs / 1_000)} s ago`;
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min ago`;
  const days = dayNumber(now) - dayNumber(then.getTime());
  if (days === 0) return `${Math.floor(ageMs / hourMs)} h ago`;
  if (days === 1) return 'yesterday';
  if (days < 7) return weekday.format(then);
  return new Date(now).getFullYear() === then.getFullYear() ? dayAndMonth.format(then) : dayMonthYear.format(then);
}

/** A duration: "82 ms", "1.2 s", "4 min 12 s", "2 d 4 h". */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < minuteMs) return `${(ms / 1_000).toFixed(ms < 100_000 ? 1 : 0)} s`;
  if (ms < hourMs) return twoUnits(ms, [minuteMs, 'min'], [1_000, 's']);
  if (ms < dayMs) return twoUnits(ms, [hourMs, 'h'], [minuteMs, 'min']);
  return twoUnits(ms, [dayMs, 'd'], [hourMs, 'h']);
}

/** Clock time with seconds; with the day in front when it was not today. */
export function clockTime(instant: string, now = Date.now()): string {
  const then = new Date(instant);
  const time = clockSeconds.format(then);
  return dayNumber(now) === dayNumber(then.getTime()) ? time : `${dayAndMonth.format(then)}, ${time}`;
}

/** "09:30", for the axis of a chart. */
export const shortClock = (instant: string | number): string => clock.format(new Date(instant));

/** "Saturday 21 November". */
export const dayWords = (now = Date.now()): string => longDay.format(now).replace(',', '');

/** "21 Nov 2026". */
export const dateWords = (instant: string): string => dayMonthYear.format(new Date(instant));

/** Full local date and time, for a tooltip. */
export const exactTime = (instant: string): string => new Date(instant).toLocaleString('en-GB');

function twoUnits(ms: number, [bigMs, big]: [number, string], [smallMs, small]: [number, string]): string {
  const whole = Math.floor(ms / bigMs);
  const rest = Math.floor((ms - whole * bigMs) / smallMs);
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`;
}

function dayNumber(ms: number): number {
  const date = new Date(ms);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs);
}
