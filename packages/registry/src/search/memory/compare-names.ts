const firstSurrogate = 0xd800;
const firstAfterSurrogates = 0xe000;

/** Order of names as the database has it (collation "C"): by code point, where JavaScript compares halves of pairs. */
export function compareNames(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left !== right) return placeOf(left) - placeOf(right);
  }
  return one.length - other.length;
}

/** Code points beyond 0xffff, which are written as surrogates, go last. */
function placeOf(unit: number): number {
  if (unit < firstSurrogate) return unit;
  return unit < firstAfterSurrogates ? unit + 0x10000 : unit;
}
