import { containsPattern } from '@patchbay/database';

const mostTerms = 8;

/** One word of a search, ready for the statement. */
export interface SearchTerm {
  readonly word: string;
  readonly startsWith: string;
  readonly contains: string;
}

/** Words of a query: all must match. Empty for an empty query. */
export function parseTerms(query: string | undefined): readonly SearchTerm[] {
  const words = (query ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.slice(0, mostTerms).map((word) => {
    const contains = containsPattern(word);
    return { word, contains, startsWith: contains.slice(1) };
  });
}
