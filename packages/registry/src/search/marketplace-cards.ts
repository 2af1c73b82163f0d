import type { DatabaseConnection } from '@patchbay/database';
import { makeCards, type Card } from '../connector/card-facts.ts';
import { LruCache } from '../lru-cache.ts';
import { readCardRows } from './card-repository.ts';
import type { MarketplaceEntry } from './memory/entry-table.ts';

/** A card with the texts by which its operations are matched. */
export interface MarketplaceCard extends Card {
  /** Name and title of each operation in small letters. */
  readonly operationTexts: readonly string[];
}

/** Cards of entries that were shown of late. */
export interface MarketplaceCards {
  /** Cards of the entries, in the same order; undefined for an entry that is out of date. */
  of(entries: readonly MarketplaceEntry[]): Promise<(MarketplaceCard | undefined)[]>;
}

/** About 12 KB each with 50 operations. */
const mostCards = 2_000;

/** A change of a connector makes another entry of it (search-copy.ts), so what is kept by entry is never out of date. */
export function createMarketplaceCards(db: DatabaseConnection): MarketplaceCards {
  const cache = new LruCache<MarketplaceCard, MarketplaceEntry>(mostCards);
  return {
    async of(entries) {
      const cards = entries.map((entry) => cache.get(entry));
      const missing = entries.filter((_entry, index) => cards[index] === undefined);
      if (missing.length === 0) return cards;
      const made = await makeMissing(db, missing);
      for (const [entry, card] of made) cache.set(entry, card);
      return entries.map((entry, index) => cards[index] ?? made.get(entry));
    },
  };
}

async function makeMissing(
  db: DatabaseConnection,
  entries: readonly MarketplaceEntry[],
): Promise<Map<MarketplaceEntry, MarketplaceCard>> {
  const rows = await readCardRows(
    db,
    entries.map(({ no }) => no),
  );
  const cards = await makeCards(db, rows);
  const byNumber = new Map(cards.map((card, index) => [rows[index]?.no, card]));
  return new Map(
    entries.flatMap((entry) => {
      const card = byNumber.get(entry.no);
      return card?.state === undefined ? [] : [[entry, withTexts(card)] as const];
    }),
  );
}

function withTexts(card: Card): MarketplaceCard {
  const operationTexts = card.row.operations.map(({ name, title }) => `${name}\n${title}`.toLowerCase());
  return { ...card, operationTexts };
}
