import { mostCards, type MarketplaceCards } from './marketplace-cards.ts';
import type { SearchCopy } from './search-copy.ts';

/** Few, so that a search that needs cards of its own does not wait long. */
const cardsAtOnce = 50;
/** There is no tenant without a name. */
const nobody = '';

/**
 * Copies the marketplace into the memory of this process and reads its cards, as many as are kept: later searches wait for neither. Safe to
 * repeat, and to leave out.
 */
export async function prepareSearch({ copy, cards }: { copy: SearchCopy; cards: MarketplaceCards }): Promise<void> {
  const { index } = await copy.read(nobody);
  const entries = index.firstByName(mostCards);
  for (let at = 0; at < entries.length; at += cardsAtOnce) await cards.of(entries.slice(at, at + cardsAtOnce));
}
