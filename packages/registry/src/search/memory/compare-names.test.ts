import { describe, expect, it } from 'vitest';
import { compareNames } from './compare-names.ts';

describe('compareNames', () => {
  it('goes by the bytes of UTF-8, as PostgreSQL does', () => {
    const names = ['z', 'a', 'ab', '', 'é', 'ﬀ', '𝒜', '\ud83d\ude00', '日本', '\uffff', 'a b', 'a-b', '𝒜a', 'A'];
    const bytes = names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    expect(names.toSorted(compareNames)).toEqual(bytes);
  });
});
