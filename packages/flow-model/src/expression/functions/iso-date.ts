/** Dates are text in ISO 8601 and always UTC: no time zone data, no locale, the same on every machine. */

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Milliseconds since 1970 of an ISO 8601 text; without a zone it counts as UTC. NaN when it is none. */
export function parseIsoDate(text: string): number {
  if (!isoPattern.test(text)) return Number.NaN;
  const hasTime = text.length > 10;
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10));
  const iso = text.replace(' ', 'T');
  const milliseconds = Date.parse(hasTime && !hasZone ? `${iso}Z` : iso);
  // Date.parse rolls 31 February over to March; such a day is a mistake here.
  return isRealDay(text) ? milliseconds : Number.NaN;
}

function isRealDay(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate() && day >= 1 && month >= 1 && month <= 12;
}

/** Writes milliseconds since 1970 in full, in UTC; undefined outside the years 0 to 9999. */
export function writeIsoDate(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  const isWritable = !Number.isNaN(date.getTime()) && date.getUTCFullYear() <= 9999 && date.getUTCFullYear() >= 0;
  return isWritable ? date.toISOString() : undefined;
}
