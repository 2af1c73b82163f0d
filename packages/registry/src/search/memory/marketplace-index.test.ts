import { describe, expect, it } from 'vitest';
import { MarketplaceIndex, type WordedEntry } from './marketplace-index.ts';
import type { MarketplaceQuery } from './marketplace-query.ts';

const facet = {
  id: 7,
  category: 'Mail',
  authTypes: ['none'],
  runtime: 'node',
  stage: 'published',
  price: 'free',
  publisher: 'platform',
};
const query: MarketplaceQuery = { tenantId: 'a', terms: [], filters: {}, from: 0, size: 5 };

function anEntry(no: number, name: string): WordedEntry {
  const entry = { no, connectorId: `c${no % 1_000}`, slug: `s${no}`, audience: null, hiddenFrom: null, facetId: 7 };
  return {
    entry: { ...entry, nameKey: name, publishedAt: no },
    words: name.split(' '),
    weights: name.split(' ').map(() => 100),
  };
}

function anIndex(): MarketplaceIndex {
  const index = new MarketplaceIndex();
  index.facets.set([{ ...facet, categoryPlace: 1 }]);
  return index;
}

const namesOf = (index: MarketplaceIndex, terms: readonly string[]): string[] =>
  index.search({ ...query, terms }).entries.map(({ nameKey }) => nameKey);

describe('MarketplaceIndex', () => {
  it('stays small and right while connectors are written again and again', () => {
    const index = anIndex();
    index.replace(
      [],
      Array.from({ length: 1_000 }, (_, no) => anEntry(no, `thing ${no}`)),
    );
    for (let no = 1_000; no < 6_000; no += 1) index.replace([`c${no % 1_000}`], [anEntry(no, `thing ${no}`)]);
    expect(index.slotCount).toBeLessThan(1_400);
    expect(index.search({ ...query, terms: ['thing'] }).total).toBe(1_000);
    expect(namesOf(index, ['thing', '5042'])).toEqual(['thing 5042']);
    expect(namesOf(index, ['thing', '4042'])).toEqual([]);
    expect(index.knows('a', '4042')).toBe(false);
  });

  it('keeps the entries that stay, so that their cards stay', () => {
    const index = anIndex();
    index.replace([], [anEntry(1, 'one'), anEntry(2, 'two')]);
    const [one, two] = index.search(query).entries;
    index.replace(['c1'], [anEntry(1, 'one')]);
    const again = index.search(query).entries;
    expect(again).toEqual([one, two]);
    expect([again[0] === one, again[1] === two]).toEqual([false, true]);
  });

  it('puts the name that is the query first, before what holds it', () => {
    const index = anIndex();
    index.replace([], [anEntry(1, 'mail a'), anEntry(2, 'mail'), anEntry(3, 'mail mail')]);
    expect(namesOf(index, ['mail'])).toEqual(['mail', 'mail a', 'mail mail']);
  });

  it('refuses an order that it does not know', () => {
    expect(() => anIndex().search({ ...query, sort: 'weight' })).toThrow(
      expect.objectContaining({ code: 'validation_error' }),
    );
  });
});
