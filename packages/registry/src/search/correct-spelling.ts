import { compareNames } from './memory/compare-names.ts';

const shortestWord = 4;
const longWord = 8;

/**
 * The word nearest to a misspelled one: one wrong, missing, added or swapped letter in a word of four letters or more, two in one of
 * eight. A word that is known, or has no such neighbour, stays.
 */
export function correctWord(word: string, vocabulary: readonly string[]): string {
  if (word.length < shortestWord || vocabulary.includes(word)) return word;
  const most = word.length >= longWord ? 2 : 1;
  const near = vocabulary
    .filter((candidate) => Math.abs(candidate.length - word.length) <= most)
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= most);
  const byDistance = near.toSorted(
    (one, other) => one.distance - other.distance || compareNames(one.candidate, other.candidate),
  );
  return byDistance[0]?.candidate ?? word;
}

/** Letters to change, add, remove or swap with their neighbour to make one word of the other. */
export function editDistance(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const costs = [at(last, column) + 1, at(line, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1)];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped && row > 1 && column > 1) costs.push(at(before, column - 2) + 1);
      line.push(Math.min(...costs));
    }
    [before, last] = [last, line];
  }
  return at(last, other.length);
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Number.POSITIVE_INFINITY;
}
