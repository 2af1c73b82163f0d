import type { JsonValue } from '@patchbay/flow-model';

/** A value, or nothing where there is none. */
export type Maybe = JsonValue | undefined;

/** Whether two values say the same; the order of names does not matter. */
export function isSameJson(left: Maybe, right: Maybe): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isSameJson(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSameJson(left[name], right[name]))
  );
}

/** True for a JSON object. */
export function isRecord(value: Maybe): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
