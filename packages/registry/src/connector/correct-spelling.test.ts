import { describe, expect, it } from 'vitest';
import { correctSpelling, editDistance } from './correct-spelling.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['http', 'http', 0],
    ['htpp', 'http', 1],
    ['htp', 'http', 1],
    ['sned', 'send', 1],
    ['wrold', 'world', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['ab', 'ba', 1],
  ])('between "%s" and "%s" is %i', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
    expect(editDistance(other, one)).toBe(distance);
  });
});

describe('correctSpelling', () => {
  const vocabulary = ['http', 'send', 'mail', 'postgresql', 'get'];

  it('takes the nearest word, and leaves right, short and strange words alone', () => {
    expect(correctSpelling(['sned', 'mial'], vocabulary)).toEqual(['send', 'mail']);
    expect(correctSpelling(['postrgesq'], vocabulary)).toEqual(['postgresql']);
    expect(correctSpelling(['mail', 'gte', 'zzzzz'], vocabulary)).toEqual(['mail', 'gte', 'zzzzz']);
  });
});
