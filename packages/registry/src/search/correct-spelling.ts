import { compareNames } from './memory/compare-names.ts';

const shortestWord = 4;
const longWord = 8;

/**
 * The word nearest to a misspelled one: one wrong, missing, added or swapped letter in a word of four letters or more, two in one of
 * eight. A word that is known, or has no such neighbour, stays; of equally near ones the first by name is taken.
 */
export function correctWord(word: string, vocabulary: readonly string[]): string {
  if (vocabulary.includes(word)) return word;
  const near = vocabulary
    .filter((candidate) => isNear(word, candidate))
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .toSorted((one, other) => one.distance - other.distance || compareNames(one.candidate, other.candidate));
  return near[0]?.candidate ?? word;
}

/** Whether a word may be meant by a misspelled one. Cheap enough to be asked of every word there is. */
export function isNear(word: string, candidate: string): boolean {
  const most = word.length >= longWord ? 2 : 1;
  if (word.length < shortestWord || Math.abs(candidate.length - word.length) > most) return false;
  if (!resembles(word, candidate)) return false;
  return most === 1 ? isOneApart(word, candidate) : editDistance(word, candidate, most) <= most;
}

/** The same as a distance of at most one, without a table: between the same beginning and the same end one letter is left, or a swap. */
function isOneApart(word: string, candidate: string): boolean {
  const shorter = Math.min(word.length, candidate.length);
  let start = 0;
  while (start < shorter && word.charCodeAt(start) === candidate.charCodeAt(start)) start += 1;
  let end = 0;
  const isSameAt = (back: number): boolean =>
    word.charCodeAt(word.length - back) === candidate.charCodeAt(candidate.length - back);
  while (end < shorter - start && isSameAt(end + 1)) end += 1;
  const [left, otherLeft] = [word.length - start - end, candidate.length - start - end];
  if (left <= 1 && otherLeft <= 1) return true;
  return left === 2 && otherLeft === 2 && isSwap(word, candidate, { row: start + 2, column: start + 2 });
}

/** The same at the beginning, at the end or inside: whoever mistypes, mistypes in one place. */
function resembles(word: string, candidate: string): boolean {
  const isSame = (at: number, other: number): boolean => word.charCodeAt(at) === candidate.charCodeAt(other);
  const [last, otherLast] = [word.length - 1, candidate.length - 1];
  return isSame(0, 0) || (isSame(last, otherLast) && isSame(last - 1, otherLast - 1)) || (isSame(1, 1) && isSame(2, 2));
}

/** Letters to change, add, remove or swap with their neighbour to make one word of the other; infinite if it takes more than `most`. */
export function editDistance(one: string, other: string, most = Number.POSITIVE_INFINITY): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const line = nextLine({ one, other, row, last, before });
    if (Math.min(...line) > most) return Number.POSITIVE_INFINITY;
    [before, last] = [last, line];
  }
  const distance = at(last, other.length);
  return distance > most ? Number.POSITIVE_INFINITY : distance;
}

interface Lines {
  readonly one: string;
  readonly other: string;
  readonly row: number;
  /** Distances of the beginning of `one` that is a letter shorter, and of that which is two letters shorter. */
  readonly last: readonly number[];
  readonly before: readonly number[];
}

/** Distances of the first `row` letters of one word to every beginning of the other. */
function nextLine({ one, other, row, last, before }: Lines): number[] {
  const line = [row];
  for (let column = 1; column <= other.length; column += 1) {
    const isSame = one.charCodeAt(row - 1) === other.charCodeAt(column - 1);
    const replaced = at(last, column - 1) + (isSame ? 0 : 1);
    const least = Math.min(at(last, column) + 1, at(line, column - 1) + 1, replaced);
    const isSwapped = row > 1 && column > 1 && isSwap(one, other, { row, column });
    line.push(isSwapped ? Math.min(least, at(before, column - 2) + 1) : least);
  }
  return line;
}

function isSwap(one: string, other: string, { row, column }: { row: number; column: number }): boolean {
  return (
    one.charCodeAt(row - 1) === other.charCodeAt(column - 2) && one.charCodeAt(row - 2) === other.charCodeAt(column - 1)
  );
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Number.POSITIVE_INFINITY;
}
