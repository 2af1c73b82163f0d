import type { DatabaseConnection } from '@patchbay/database';
import { makeCards, type Card } from '../connector/card-facts.ts';
import type { OperationLabel } from '../connector/connector-row.ts';
import { LruCache } from '../lru-cache.ts';
import { readCardRows, type CardRow } from './card-repository.ts';
import type { MarketplaceEntry } from './memory/entry-table.ts';
import { shareRuns } from './share-runs.ts';

/** A card with its operations. */
export interface MarketplaceCard extends Card {
  /** Name and title of each, one after the other between {@link separator}s: a tenth of the room that objects take. */
  readonly operations: string;
}

/** Cards of entries that were shown of late. */
export interface MarketplaceCards {
  /** Cards of the entries, in the same order; undefined for an entry that is out of date. */
  of(entries: readonly MarketplaceEntry[]): Promise<(MarketplaceCard | undefined)[]>;
}

/** No text in PostgreSQL holds it. */
const separator = '\0';
/** Cards that are kept: about 7 KB each with 50 operations. */
export const mostCards = 10_000;

/** A change of a connector makes another entry of it (search-copy.ts), so what is kept by entry is never out of date. */
export function createMarketplaceCards(db: DatabaseConnection): MarketplaceCards {
  const cache = new LruCache<MarketplaceCard, MarketplaceEntry>(mostCards);
  const make = shareRuns((asked: readonly (readonly MarketplaceEntry[])[]) =>
    makeMissing(db, [...new Set(asked.flat())]),
  );
  return {
    async of(entries) {
      const cards = entries.map((entry) => cache.get(entry));
      const missing = entries.filter((_entry, index) => cards[index] === undefined);
      if (missing.length === 0) return cards;
      const made = await make(missing);
      for (const entry of missing) {
        const card = made.get(entry);
        if (card !== undefined) cache.set(entry, card);
      }
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
  const byNumber = new Map(rows.map((row, index) => [row.no, withOperations(row, cards[index])]));
  return new Map(
    entries.flatMap((entry) => {
      const card = byNumber.get(entry.no);
      return card?.actions === undefined ? [] : [[entry, card] as const];
    }),
  );
}

function withOperations({ operations }: CardRow, card: Card | undefined): MarketplaceCard | undefined {
  return card && { ...card, operations: operations.flatMap(({ name, title }) => [name, title]).join(separator) };
}

/** The first operations whose name or title holds one of the words. */
export function matchedOperations(card: MarketplaceCard, words: readonly string[], most: number): OperationLabel[] {
  const holds = (text: string): boolean => {
    const small = text.toLowerCase();
    return words.some((word) => small.includes(word));
  };
  if (!holds(card.operations)) return [];
  const texts = card.operations.split(separator);
  const matched: OperationLabel[] = [];
  for (let at = 0; at < texts.length && matched.length < most; at += 2) {
    const [name = '', title = ''] = texts.slice(at, at + 2);
    if (holds(name) || holds(title)) matched.push({ name, title });
  }
  return matched;
}
