const shortestWord = 4;
const longWord = 8;

/**
 * Replaces every word that is not in the vocabulary by the one nearest to it: one wrong, missing, added or swapped letter in a word of
 * four letters or more, two in one of eight. Words without such a neighbour stay.
 */
export function correctSpelling(words: readonly string[], vocabulary: readonly string[]): readonly string[] {
  const known = new Set(vocabulary);
  return words.map((word) => (known.has(word) ? word : (nearestWord(word, vocabulary) ?? word)));
}

function nearestWord(word: string, vocabulary: readonly string[]): string | undefined {
  if (word.length < shortestWord) return undefined;
  const most = word.length >= longWord ? 2 : 1;
  const near = vocabulary
    .filter((candidate) => Math.abs(candidate.length - word.length) <= most)
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= most);
  return near.toSorted((one, other) => one.distance - other.distance)[0]?.candidate;
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
