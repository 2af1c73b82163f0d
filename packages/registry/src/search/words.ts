const longestWord = 60;
const mostWordsOfEntry = 4_000;
const mostTerms = 8;

/** What a word of an entry counts by where it stands: a name before a tag or category before an operation before a description. */
export const weights = { name: 100, tag: 60, operation: 50, description: 20 } as const;

/** Texts of an entry by where they stand. */
export type EntryTexts = Readonly<Record<keyof typeof weights, readonly string[]>>;

/** Words of a text: small letters and digits, without accents. The same cut is made of entries and of queries. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word === '' ? [] : [word.slice(0, longestWord)]));
}

/** What a query looks for: all of these must be found. A query of signs alone looks for what nothing has. */
export function termsOf(query: string | undefined): {
  readonly terms: readonly string[];
  readonly isHopeless: boolean;
} {
  const terms = [...new Set(partsOf(query ?? ''))].slice(0, mostTerms);
  return { terms, isHopeless: terms.length === 0 && (query ?? '').trim() !== '' };
}

/**
 * Each word of an entry with the weight of its best place. The operation `insertRows` has two words, as in a query: as one it would be a
 * word of its own for almost every operation there is.
 */
export function weighWords(texts: EntryTexts): Map<string, number> {
  const weighed = new Map<string, number>();
  for (const place of Object.keys(weights) as (keyof typeof weights)[]) {
    for (const word of texts[place].flatMap(place === 'operation' ? partsOf : wordsOf)) {
      if (weighed.size >= mostWordsOfEntry) return weighed;
      if (!weighed.has(word)) weighed.set(word, weights[place]);
    }
  }
  return weighed;
}

function partsOf(text: string): string[] {
  return wordsOf(text.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
}
