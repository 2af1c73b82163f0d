import { correctWord, isNear } from './correct-spelling.ts';
import type { MarketplaceIndex } from './memory/marketplace-index.ts';
import type { MarketplaceFound, MarketplaceQuery } from './memory/marketplace-query.ts';

/**
 * Searches; if nothing at all is found, filters aside, once more with the words corrected, to words alone that the tenant may find. Gives
 * the words that were searched in the end. Throws `validation_error` for an unknown order.
 */
export function findForgiving(
  index: MarketplaceIndex,
  query: MarketplaceQuery,
): { readonly found: MarketplaceFound; readonly words: readonly string[] } {
  const found = index.search(query);
  if (found.groups.length > 0 || query.terms.length === 0) return { found, words: query.terms };
  const terms = query.terms.map((term) => correct(index, query.tenantId, term));
  if (terms.every((term, at) => term === query.terms[at])) return { found, words: query.terms };
  return { found: index.search({ ...query, terms: [...new Set(terms)] }), words: terms };
}

function correct(index: MarketplaceIndex, tenantId: string, term: string): string {
  if (index.knows(tenantId, term)) return term;
  const near = index.wordsFor(tenantId, (word) => isNear(term, word));
  return correctWord(term, near);
}
