/** What expressions compute with: JSON, and an optional while `.?` is under way. */
import type { JsonValue } from '../document/json.ts';

/** The data a formula may name: `trigger`, step keys, `loop`, `error`, `run`. */
export type ExpressionScope = Readonly<Record<string, JsonValue>>;

/** The result of `a.?b`: a value that may be missing. Never leaves the evaluator. */
export class OptionalValue {
  readonly value: JsonValue | undefined;

  constructor(value: JsonValue | undefined) {
    this.value = value;
  }
}

/** The one empty optional. */
export const noValue = new OptionalValue(undefined);

/** A value inside the evaluator. */
export type Value = JsonValue | OptionalValue;

/** Words a person reads for the type of a value. */
export type TypeWord = 'text' | 'a number' | 'true or false' | 'a list' | 'an object' | 'nothing' | 'an optional value';

/** Names the type of a value for an error message. */
export function typeWord(value: Value): TypeWord {
  if (value === null) return 'nothing';
  if (value instanceof OptionalValue) return 'an optional value';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'an object';
  }
}

/** True for a JSON object (no list, no null, no optional). */
export function isObject(value: Value | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof OptionalValue);
}

/** Reads an own property; `undefined` when there is none. Inherited names (`constructor`) are never seen. */
export function ownProperty(object: { [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a property as data, also when its name is `__proto__`. */
export function setProperty(object: { [key: string]: JsonValue }, key: string, value: JsonValue): void {
  if (key === '__proto__') return;
  object[key] = value;
}
