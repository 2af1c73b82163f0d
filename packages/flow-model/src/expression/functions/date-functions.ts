import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';
import { parseIsoDate, writeIsoDate } from './iso-date.ts';

const define = definitionsOf('date');

function dateAt(call: FunctionCall, index: number): Date {
  const text = call.text(index);
  const milliseconds = parseIsoDate(text);
  if (Number.isNaN(milliseconds)) {
    throw call.fail(`must be a date such as 2026-03-01 or 2026-03-01T09:30:00Z; it is "${text.slice(0, 40)}".`, index);
  }
  return new Date(milliseconds);
}

function toIso(call: FunctionCall, milliseconds: number): string {
  const text = writeIsoDate(milliseconds);
  if (text === undefined) throw call.fail('the result lies outside the years 0 to 9999.');
  return text;
}

const unitMs: Readonly<Record<string, number>> = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

function unitAt(call: FunctionCall, index: number): string {
  const unit = call.text(index).replace(/s?$/, 's');
  if (unit in unitMs || unit === 'months' || unit === 'years') return unit;
  throw call.fail('must be milliseconds, seconds, minutes, hours, days, weeks, months or years.', index);
}

/** Months are counted by the calendar; 31 January plus one month is the last day of February. */
function addMonths(date: Date, months: number): number {
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const lastDay = new Date(
    Date.UTC(new Date(first).getUTCFullYear(), new Date(first).getUTCMonth() + 1, 0),
  ).getUTCDate();
  const timeOfDay = date.getTime() - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return first + (Math.min(date.getUTCDate(), lastDay) - 1) * 86_400_000 + timeOfDay;
}

function dateAdd(call: FunctionCall): string {
  const [date, amount, unit] = [dateAt(call, 0), call.number(1), unitAt(call, 2)];
  const factor = unitMs[unit];
  if (factor !== undefined) return toIso(call, date.getTime() + amount * factor);
  if (!Number.isInteger(amount)) throw call.fail('must be a whole number of months or years.', 1);
  return toIso(call, addMonths(date, unit === 'years' ? amount * 12 : amount));
}

function dateDiff(call: FunctionCall): number {
  const [from, to, unit] = [dateAt(call, 0), dateAt(call, 1), unitAt(call, 2)];
  const factor = unitMs[unit];
  if (factor !== undefined) return Math.trunc((to.getTime() - from.getTime()) / factor);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const overshoot = Math.sign(addMonths(from, months) - to.getTime());
  const whole = months > 0 && overshoot > 0 ? months - 1 : months < 0 && overshoot < 0 ? months + 1 : months;
  return Math.trunc(unit === 'years' ? whole / 12 : whole) || 0;
}

const monthNames = 'January February March April May June July August September October November December'.split(' ');
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

const formatParts: Readonly<Record<string, (date: Date) => string>> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  YY: (date) => two(date.getUTCFullYear() % 100),
  MMMM: (date) => monthNames[date.getUTCMonth()] ?? '',
  MMM: (date) => (monthNames[date.getUTCMonth()] ?? '').slice(0, 3),
  MM: (date) => two(date.getUTCMonth() + 1),
  DD: (date) => two(date.getUTCDate()),
  D: (date) => String(date.getUTCDate()),
  dddd: (date) => dayNames[date.getUTCDay()] ?? '',
  ddd: (date) => (dayNames[date.getUTCDay()] ?? '').slice(0, 3),
  HH: (date) => two(date.getUTCHours()),
  mm: (date) => two(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
  SSS: (date) => String(date.getUTCMilliseconds()).padStart(3, '0'),
};

function formatDate(call: FunctionCall): string {
  const date = dateAt(call, 0);
  const pattern = /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|DD|D|dddd|ddd|HH|mm|ss|SSS/g;
  return call.text(1).replace(pattern, (part, literal?: string) => literal ?? formatParts[part]?.(date) ?? part);
}

function startOf(call: FunctionCall): string {
  const [date, unit] = [dateAt(call, 0), unitAt(call, 1)];
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (unit === 'years') return toIso(call, Date.UTC(year, 0, 1));
  if (unit === 'months') return toIso(call, Date.UTC(year, month, 1));
  // A week begins on Monday, as ISO 8601 says.
  if (unit === 'weeks') return toIso(call, Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7)));
  const factor = unitMs[unit] ?? 1;
  return toIso(call, Math.floor(date.getTime() / factor) * factor);
}

/** A time is a number of seconds: it can be added to a date, and is what a wait and `to_unix` count in. */
const timeFunctions: readonly FunctionRow[] = (['seconds', 'minutes', 'hours', 'days', 'weeks'] as const).map(
  (unit) => {
    const factor = (unitMs[unit] ?? 1_000) / 1_000;
    return define(`${unit}(amount: number): number`, {
      doc: `A time of so many ${unit}, in seconds, to add to a date or to take from it.`,
      example: `date("2026-03-01") + ${unit}(2)`,
      result: new Date(Date.UTC(2026, 2, 1) + 2_000 * factor).toISOString(),
      call: (call) => call.number(0) * factor,
    });
  },
);

export const dateFunctions: readonly FunctionRow[] = [
  define('now(): date', {
    doc: 'The moment the flow came to this step. It stays the same when the run is repeated or the step is tried again.',
    example: 'now() + hours(48)',
    result: '2026-03-03T09:30:00.000Z',
    call: (call) => {
      const { now } = call.runtime.budget;
      if (now === undefined) throw call.fail('there is no moment here.');
      return toIso(call, now);
    },
  }),
  define('date(text: date): date', {
    doc: 'Writes a date in full, in UTC. Fails when the text is no date.',
    example: 'date("2026-03-01T10:30+01:00")',
    result: '2026-03-01T09:30:00.000Z',
    call: (call) => toIso(call, dateAt(call, 0).getTime()),
  }),
  define('date_add(date: date, amount: number, unit: text): date', {
    doc: 'Moves a date by an amount of milliseconds, seconds, minutes, hours, days, weeks, months or years.',
    example: 'date_add("2026-01-31", 1, "months")',
    result: '2026-02-28T00:00:00.000Z',
    call: dateAdd,
  }),
  define('date_diff(from: date, to: date, unit: text): number', {
    doc: 'Whole units from the first date to the second.',
    example: 'date_diff("2026-03-01", "2026-03-15", "days")',
    result: 14,
    call: dateDiff,
  }),
  define('format_date(date: date, pattern: text): text', {
    doc: 'Writes a date by a pattern of YYYY YY MMMM MMM MM DD D dddd ddd HH mm ss SSS; text in [ ] stays.',
    example: 'format_date("2026-03-01T09:30:00Z", "DD.MM.YYYY HH:mm")',
    result: '01.03.2026 09:30',
    call: formatDate,
  }),
  define('start_of(date: date, unit: text): date', {
    doc: 'The first moment of the hour, day, week (Monday), month or year of a date.',
    example: 'start_of("2026-03-18T09:30:00Z", "month")',
    result: '2026-03-01T00:00:00.000Z',
    call: startOf,
  }),
  define('year(date: date): number', {
    doc: 'The year of a date.',
    example: 'year("2026-03-01")',
    result: 2026,
    call: (call) => dateAt(call, 0).getUTCFullYear(),
  }),
  define('month(date: date): number', {
    doc: 'The month of a date, 1 to 12.',
    example: 'month("2026-03-01")',
    result: 3,
    call: (call) => dateAt(call, 0).getUTCMonth() + 1,
  }),
  define('day(date: date): number', {
    doc: 'The day of the month of a date, 1 to 31.',
    example: 'day("2026-03-09")',
    result: 9,
    call: (call) => dateAt(call, 0).getUTCDate(),
  }),
  define('weekday(date: date): number', {
    doc: 'The day of the week: Monday is 1, Sunday is 7.',
    example: 'weekday("2026-03-01")',
    result: 7,
    call: (call) => dateAt(call, 0).getUTCDay() || 7,
  }),
  define('hour(date: date): number', {
    doc: 'The hour of a date in UTC, 0 to 23.',
    example: 'hour("2026-03-01T09:30:00Z")',
    result: 9,
    call: (call) => dateAt(call, 0).getUTCHours(),
  }),
  define('to_unix(date: date): number', {
    doc: 'Seconds since 1970 of a date.',
    example: 'to_unix("1970-01-02")',
    result: 86_400,
    call: (call) => dateAt(call, 0).getTime() / 1_000,
  }),
  define('from_unix(seconds: number): date', {
    doc: 'The date of a number of seconds since 1970.',
    example: 'from_unix(86400)',
    result: '1970-01-02T00:00:00.000Z',
    call: (call) => toIso(call, call.number(0) * 1_000),
  }),
  ...timeFunctions,
];
