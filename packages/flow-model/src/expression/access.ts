/** Reading fields and list items, plain and optional. */
import type { JsonValue } from '../document/json.ts';
import { failure, type Place, type Runtime } from './runtime.ts';
import { isObject, noValue, OptionalValue, ownProperty, typeWord, type Value } from './value.ts';

/** One `.name` or `[index]`. */
export interface Access {
  readonly runtime: Runtime;
  readonly place: Place;
  /** Text of the value that is accessed, for messages. */
  readonly owner: string;
}

/** `value.key` and `value[key]`: the field must be there. On an optional it stays optional. */
export function readField(access: Access, value: Value, key: Value): Value {
  if (value instanceof OptionalValue) return readOptional(access, value, key);
  const found = lookUp(value, key);
  if (found === undefined) throw missingField(access, value, key);
  return found;
}

/** `value.?key` and `value[?key]`: gives an optional, empty when something on the way is missing or null. */
export function readOptional(_access: Access, value: Value, key: Value): OptionalValue {
  const inner = value instanceof OptionalValue ? value.value : value;
  if (inner === undefined) return noValue;
  const found = lookUp(inner, key);
  return found === undefined ? noValue : new OptionalValue(found);
}

/** The field or item, or `undefined`. Only own properties and whole indexes count. */
export function lookUp(value: Value, key: Value): JsonValue | undefined {
  if (typeof key === 'string') return isObject(value) ? ownProperty(value, key) : undefined;
  if (typeof key === 'number') return Array.isArray(value) && Number.isInteger(key) ? value[key] : undefined;
  return undefined;
}

function missingField(access: Access, value: Value, key: Value): Error {
  const { runtime, place, owner } = access;
  const name = typeof key === 'number' ? String(key) : typeof key === 'string' ? key : typeWord(key);
  if (Array.isArray(value)) {
    const message =
      typeof key === 'number'
        ? `\`${owner}\` has ${String(value.length)} items, there is none at ${name} (the first is 0).`
        : `\`${owner}\` is a list; take one item first, for example \`${owner}[0].${name}\`.`;
    return failure(runtime, place, message);
  }
  if (isObject(value)) {
    return failure(
      runtime,
      place,
      `There is no \`${name}\` in \`${owner}\`. It has: ${listNames(Object.keys(value))}.`,
    );
  }
  const reason = value === null ? 'is empty' : `is ${typeWord(value)}`;
  return failure(runtime, place, `\`${owner}\` ${reason}, so \`${name}\` cannot be read from it.`);
}

/** At most eight names, for messages. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and ${String(names.length - 8)} more` : shown;
}
