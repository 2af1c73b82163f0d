import type { JsonValue } from '../../document/json.ts';
import { assertDepth, spend, spendText, type Place, type Runtime } from '../runtime.ts';

/** Who pays for writing a value as text. */
export interface TextWork {
  readonly runtime: Runtime;
  readonly place: Place;
}

/** Writes any value as text: text as it is, nothing as empty text, lists and objects as JSON. */
export function toText(work: TextWork, value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return toJsonText(work, value);
}

/** Writes a value as JSON. Pays while walking, before anything is copied: shared parts may unfold to a huge text. */
export function toJsonText(work: TextWork, value: JsonValue): string {
  payForValue(work, value);
  return JSON.stringify(value);
}

/** Pays for every element and character inside a value. */
export function payForValue(work: TextWork, value: JsonValue, depth = 0): void {
  spend(work.runtime, work.place, 1);
  if (typeof value === 'string') spendText(work.runtime, work.place, value.length);
  if (typeof value !== 'object' || value === null) return;
  assertDepth(work, depth);
  for (const item of Array.isArray(value) ? value : Object.values(value)) payForValue(work, item, depth + 1);
}
