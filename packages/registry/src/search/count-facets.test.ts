import { describe, expect, it } from 'vitest';
import { countFacets, type FacetGroup } from './count-facets.ts';

const group = (over: Partial<FacetGroup>): FacetGroup => ({
  category: 'Mail',
  authTypes: ['none'],
  runtime: 'declarative',
  stage: 'published',
  price: 'free',
  publisher: 'platform',
  count: 1,
  ...over,
});

const groups = [
  group({ count: 3 }),
  group({ category: 'Data', authTypes: ['bearer', 'none'], count: 2 }),
  group({ category: 'Data', runtime: 'node', publisher: 'acme' }),
];

describe('countFacets', () => {
  it('counts every value, the most frequent first, equals by name', () => {
    const counts = countFacets(groups, {});
    expect(counts.category).toEqual([
      { value: 'Data', count: 3 },
      { value: 'Mail', count: 3 },
    ]);
    expect(counts.authType).toEqual([
      { value: 'none', count: 6 },
      { value: 'bearer', count: 2 },
    ]);
  });

  it('leaves a filter out of its own counts and puts it to the others', () => {
    const counts = countFacets(groups, { category: ['Data'], authType: ['bearer'] });
    expect(counts.category).toEqual([{ value: 'Data', count: 2 }]);
    expect(counts.authType).toEqual([
      { value: 'none', count: 3 },
      { value: 'bearer', count: 2 },
    ]);
    expect(counts.runtime).toEqual([{ value: 'declarative', count: 2 }]);
  });

  it('has no value for what has none', () => {
    expect(countFacets([group({ category: '' })], {}).category).toEqual([]);
  });

  it('takes the values of one filter as alternatives', () => {
    expect(countFacets(groups, { category: ['Data', 'Mail'] }).publisher).toEqual([
      { value: 'platform', count: 5 },
      { value: 'acme', count: 1 },
    ]);
  });
});
