import { types } from 'pg';

const oid = {
  int8: 20,
  numeric: 1700,
  bytea: 17,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  int8Array: 1016,
  numericArray: 1231,
} as const;
/** Decimal digits a JSON number surely keeps. */
const safeDigits = 15;

/** How values become JSON: numbers where nothing is lost, else text; times as ISO 8601; bytes as base64. */
export const jsonTypes = {
  getTypeParser: (id: number, format?: 'text' | 'binary'): ((value: string) => unknown) => {
    switch (id) {
      case oid.int8:
      case oid.numeric:
        return toNumber;
      case oid.bytea:
        return (value) => Buffer.from(value.slice(2), 'hex').toString('base64');
      case oid.date:
      case oid.interval:
        return (value) => value;
      case oid.timestamp:
        return (value) => value.replace(' ', 'T');
      case oid.timestamptz:
        return toInstant;
      case oid.int8Array:
      case oid.numericArray:
        return (value) => mapTexts(parseDefault(id, format, value), toNumber);
      default:
        return (value) => toJson(parseDefault(id, format, value));
    }
  },
};

/** The declaration knows only the built-in type ids and returns `any`; any id may come, and the callers make it plain. */
const defaultParser = types.getTypeParser as (id: number, format: string) => (text: string) => unknown;

function parseDefault(id: number, format: 'text' | 'binary' | undefined, value: string): unknown {
  return defaultParser(id, format ?? 'text')(value);
}

/** Applies a function to every text of a nested list; nulls stay. */
function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  return typeof value === 'string' ? change(value) : value;
}

function toNumber(text: string): number | string {
  const number = Number(text);
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').length;
  const isExact = digits <= safeDigits || (Number.isSafeInteger(number) && /^-?\d+$/.test(text));
  return Number.isFinite(number) && isExact ? number : text;
}

/** `infinity` and dates beyond the range of JavaScript stay text. */
function toInstant(text: string): string {
  const time = new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

function toJson(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'bigint') return toNumber(value.toString());
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return isPlainLike(value) ? { ...value } : value;
}

/** Points and circles come as objects of their own classes. */
function isPlainLike(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype;
}
