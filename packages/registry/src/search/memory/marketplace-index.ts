import { parseSort, type SortOrder } from '@patchbay/database';
import { weights } from '../words.ts';
import { EntryTable, type MarketplaceEntry } from './entry-table.ts';
import { FacetTable } from './facet-table.ts';
import type { MarketplaceFound, MarketplaceQuery } from './marketplace-query.ts';
import { pickPage, type Compare } from './pick-page.ts';
import { fits } from './word-list.ts';
import { WordPostings } from './word-postings.ts';

/** An entry with its words and the weight of each. */
export interface WordedEntry {
  readonly entry: MarketplaceEntry;
  readonly words: readonly string[];
  readonly weights: readonly number[];
}

const orders = { name: 'name', newest: 'newest', published: 'newest', used: 'used', category: 'category' };
/** For a name that is the query, in hundredths. */
const exactName = 10_000;
/** With more dead slots than this share, and than this number, the index is made anew. */
const [mostDead, fewDead] = [1 / 4, 200];

/**
 * The marketplace in memory: who finds which entry by which words, in which order. Knows nothing of tables; whoever holds it keeps it up
 * to date.
 */
export class MarketplaceIndex {
  readonly facets = new FacetTable();
  #entries = new EntryTable();
  #postings = new WordPostings();
  /** By slot: the number of its combination of filter values. */
  #facetOf: number[] = [];

  /** Slots, with those of entries that are gone; for tests of memory. */
  get slotCount(): number {
    return this.#entries.size;
  }

  /** Puts what is now in place of all that these connectors had; a connector without an entry is gone. Their facets must be known. */
  replace(connectorIds: readonly string[], worded: readonly WordedEntry[]): void {
    for (const id of connectorIds) this.#entries.remove(id);
    for (const { entry, words, weights } of worded) this.#postings.add(this.#add(entry), words, weights);
    const { deadCount, size } = this.#entries;
    if (deadCount > fewDead && deadCount > size * mostDead) this.#compact();
  }

  /** Entries that somebody finds, by name. */
  firstByName(most: number): MarketplaceEntry[] {
    return this.#entries.order.slice(0, most).map((slot) => this.#entries.at(slot));
  }

  /** Best match first, without words by name. Throws `validation_error` for an unknown order. */
  search(query: MarketplaceQuery): MarketplaceFound {
    const sort = parseSort(query.sort, orders);
    const { slots, scores } = this.#match(query.terms);
    const compare = sort === undefined ? this.#byScore(scores) : this.#bySort(sort, query);
    const { chosen, counts } = this.#choose(slots, query);
    const total = chosen.length;
    return {
      total,
      entries: pickPage(chosen, query, compare).map((slot) => this.#entries.at(slot)),
      groups: this.facets.groups(counts),
    };
  }

  /** Whether the word, whole, stands in something the tenant finds. */
  knows(tenantId: string, word: string): boolean {
    return this.#stands(this.#postings.slotsOf(word), tenantId);
  }

  /** Words of a kind that stand in something the tenant finds. */
  wordsFor(tenantId: string, isMeant: (word: string) => boolean): string[] {
    const meant = this.#postings.words.filter(isMeant);
    return meant.filter((word) => this.#stands(this.#postings.slotsOf(word), tenantId));
  }

  #stands(slots: readonly number[], tenantId: string): boolean {
    const tenant = this.#entries.tenantNumber(tenantId);
    return slots.some((slot) => this.#entries.isFoundBy(slot, tenant));
  }

  #add(entry: MarketplaceEntry): number {
    const facet = this.facets.numberOf(entry.facetId);
    if (facet === undefined) throw new Error('An entry of an unknown facet cannot happen');
    this.#facetOf.push(facet);
    return this.#entries.add(entry);
  }

  /** Slots with all terms, whoever finds them; without terms all, and no scores. */
  #match(terms: readonly string[]): { slots: readonly number[]; scores: Int32Array | undefined } {
    if (terms.length === 0) return { slots: this.#entries.order, scores: undefined };
    const { slots, scores } = this.#postings.score(terms, this.#entries.size);
    const phrase = terms.join(' ');
    // A name that is the query holds every term as a whole word; nothing scores higher.
    const highest = terms.length * weights.name * fits.whole;
    for (const slot of slots) {
      if (scores[slot] === highest && this.#entries.at(slot).nameKey === phrase) scores[slot] += exactName;
    }
    return { slots, scores };
  }

  /** Of these, what the tenant finds and the filters leave; and how many it finds of each combination of filter values. */
  #choose(slots: readonly number[], query: MarketplaceQuery): { chosen: number[]; counts: readonly number[] } {
    const [entries, facetOf] = [this.#entries, this.#facetOf];
    const tenant = entries.tenantNumber(query.tenantId);
    const passing = this.facets.passing(query.filters);
    const counts = new Array<number>(this.facets.size).fill(0);
    const chosen: number[] = [];
    for (const slot of slots) {
      if (!entries.isFoundBy(slot, tenant)) continue;
      const facet = facetOf[slot] ?? 0;
      counts[facet] = (counts[facet] ?? 0) + 1;
      if (passing[facet] === true) chosen.push(slot);
    }
    return { chosen, counts };
  }

  #byScore(scores: Int32Array | undefined): Compare {
    const { places } = this.#entries;
    const byPlace: Compare = (one, other) => (places[one] ?? 0) - (places[other] ?? 0);
    if (scores === undefined) return byPlace;
    return (one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || byPlace(one, other);
  }

  #bySort({ column, order }: SortOrder, query: MarketplaceQuery): Compare {
    const { places } = this.#entries;
    const valueOf = this.#sortValue(column, query.uses ?? {});
    const sign = order === 'desc' ? -1 : 1;
    return (one, other) => sign * (valueOf(one) - valueOf(other)) || (places[one] ?? 0) - (places[other] ?? 0);
  }

  #sortValue(column: string, uses: Readonly<Record<string, number>>): (slot: number) => number {
    const { namePlaces } = this.#entries;
    if (column === 'name') return (slot) => namePlaces[slot] ?? 0;
    if (column === 'newest') return (slot) => this.#entries.at(slot).publishedAt;
    if (column === 'category') return (slot) => this.facets.at(this.#facetOf[slot] ?? 0).categoryPlace;
    return (slot) => {
      const { slug } = this.#entries.at(slot);
      return Object.hasOwn(uses, slug) ? (uses[slug] ?? 0) : 0;
    };
  }

  /** Leaves the dead slots behind. */
  #compact(): void {
    const [entries, facetOf] = [this.#entries, this.#facetOf];
    this.#entries = new EntryTable();
    this.#facetOf = [];
    const moves = facetOf.map((_facet, slot) => (entries.isLive(slot) ? this.#add(entries.at(slot)) : -1));
    this.#postings = this.#postings.move(moves);
  }
}
