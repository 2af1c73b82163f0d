import { describe, expect, it } from 'vitest';
import { chosenValues, facets, withValue } from './marketplace-facets.ts';

describe('filters of the marketplace in the address', () => {
  it('hold several values each', () => {
    const one = withValue('', 'api_key', true);
    expect(one).toBe('api_key');
    const both = withValue(one ?? '', 'none', true) ?? '';
    expect(chosenValues(both)).toEqual(['api_key', 'none']);
    expect(withValue(both, 'none', true)).toBe('api_key|none');
    expect(withValue(both, 'api_key', false)).toBe('none');
    expect(withValue('none', 'none', false)).toBeUndefined();
  });

  it('read as words', () => {
    const words = facets.map(({ name, word }) => [name, word('own'), word('free'), word('deprecated')]);
    expect(words.find(([name]) => name === 'publisher')).toEqual(['publisher', 'Your tenant', 'free', 'deprecated']);
    expect(words.find(([name]) => name === 'price')?.[2]).toBe('Free');
    expect(words.find(([name]) => name === 'stage')?.[3]).toBe('Deprecated');
  });
});
