const numeric = /^\d+$/;

/** Orders semantic versions, older first; a pre-release comes before its release. */
export function compareVersions(left: string, right: string): number {
  const [leftCore, leftPre] = splitOnce(left);
  const [rightCore, rightPre] = splitOnce(right);
  const core = compareParts(leftCore.split('.'), rightCore.split('.'));
  if (core !== 0) return core;
  if (leftPre === undefined || rightPre === undefined)
    return Number(rightPre !== undefined) - Number(leftPre !== undefined);
  return compareParts(leftPre.split('.'), rightPre.split('.'));
}

function splitOnce(version: string): [string, string | undefined] {
  const dash = version.indexOf('-');
  return dash === -1 ? [version, undefined] : [version.slice(0, dash), version.slice(dash + 1)];
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one, other] = [left[index], right[index]];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    const order = comparePart(one, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers by value and before words; words by their characters. */
function comparePart(one: string, other: string): number {
  const [isNumber, isOtherNumber] = [numeric.test(one), numeric.test(other)];
  if (isNumber && isOtherNumber) return Math.sign(Number(one) - Number(other));
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
