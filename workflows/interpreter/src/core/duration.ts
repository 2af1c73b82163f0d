/** Durations and instants as flows write them. UTC only, no locale. */
import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';

const isoDuration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const isoInstant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const unitSeconds = [604_800, 86_400, 3_600, 60, 1];

/** Milliseconds of a number of seconds or of an ISO 8601 duration of weeks to seconds. Throws `expression_type`. */
export function durationMs(value: JsonValue): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value * 1_000;
  const parts = typeof value === 'string' && value.length > 2 && value.length < 64 ? isoDuration.exec(value) : null;
  if (parts) return unitSeconds.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0) * 1_000;
  throw new AppError('expression_type', { message: 'The time to wait is neither a number of seconds nor like PT5M.' });
}

/** Epoch milliseconds of an ISO 8601 instant with a zone, or of a date (midnight UTC). Throws `expression_type`. */
export function instantMs(text: string): number {
  const ms = text.length < 64 && isoInstant.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new AppError('expression_type', { message: 'The instant to wait for is not like 2026-01-31T12:00:00Z.' });
}
