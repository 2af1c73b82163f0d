import type { JsonValue } from '@patchbay/flow-model';

/** True if both are the same JSON; the order of an object's members does not matter. */
export function isSameJson(left: JsonValue, right: JsonValue): boolean {
  const open: [JsonValue, JsonValue][] = [[left, right]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    const members = membersOf(a, b);
    if (!members) return false;
    for (const member of members) open.push(member);
  }
  return true;
}

/** Pairs to compare further, or undefined if the two differ already. */
function membersOf(a: JsonValue, b: JsonValue): [JsonValue, JsonValue][] | undefined {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return undefined;
  if (Array.isArray(a) !== Array.isArray(b)) return undefined;
  const left = Object.entries(a as { [key: string]: JsonValue });
  const right = b as { [key: string]: JsonValue };
  if (left.length !== Object.keys(right).length) return undefined;
  const pairs: [JsonValue, JsonValue][] = [];
  for (const [key, value] of left) {
    const other = Object.hasOwn(right, key) ? right[key] : undefined;
    if (other === undefined) return undefined;
    pairs.push([value, other]);
  }
  return pairs;
}
