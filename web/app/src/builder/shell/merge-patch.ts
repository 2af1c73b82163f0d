/** A JSON merge patch (RFC 7396): null removes, objects deep, lists whole. */
export type MergePatch = Record<string, unknown>;

/** The smallest merge patch that makes `after` of `before`; empty when they are the same. */
export function createMergePatch(before: object, after: object): MergePatch {
  const [old, next] = [before as MergePatch, after as MergePatch];
  const patch: MergePatch = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
    const [was, is] = [old[name], next[name]];
    if (isSame(was, is)) continue;
    if (is === undefined) patch[name] = null;
    else patch[name] = isPlainObject(was) && isPlainObject(is) ? createMergePatch(was, is) : is;
  }
  return patch;
}

/** Are two JSON values the same? The order of keys does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  }
  if (!isPlainObject(one) || !isPlainObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

const isPlainObject = (value: unknown): value is MergePatch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
