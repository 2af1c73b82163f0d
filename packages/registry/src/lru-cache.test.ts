import { describe, expect, it } from 'vitest';
import { LruCache } from './lru-cache.ts';

describe('LruCache', () => {
  it('forgets what was not asked for the longest', () => {
    const cache = new LruCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('replaces without growing', () => {
    const cache = new LruCache<number>(2);
    for (const value of [1, 2, 3]) cache.set('a', value);
    cache.set('b', 9);
    expect([cache.get('a'), cache.get('b')]).toEqual([3, 9]);
  });
});
