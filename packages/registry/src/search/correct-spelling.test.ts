import { describe, expect, it } from 'vitest';
import { correctWord, editDistance, isNear } from './correct-spelling.ts';

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

describe('correctWord', () => {
  const vocabulary = ['http', 'send', 'mail', 'postgresql', 'get'];

  it('takes the nearest word, and leaves right, short and strange words alone', () => {
    const corrected = ['sned', 'mial', 'postrgesq', 'mail', 'gte', 'zzzzz'].map((word) =>
      correctWord(word, vocabulary),
    );
    expect(corrected).toEqual(['send', 'mail', 'postgresql', 'mail', 'gte', 'zzzzz']);
  });
});

describe('isNear', () => {
  it('is what the distance says, of words that resemble each other', () => {
    const letters = ['a', 'b', 'c'];
    const short = letters.flatMap((one) => letters.flatMap((two) => letters.map((three) => `${one}${two}${three}`)));
    const words = [...short, ...short.flatMap((word) => letters.map((letter) => `${word}${letter}`)), 'abcab', 'acbab'];
    for (const word of words.filter(({ length }) => length >= 4)) {
      for (const other of words.filter((each) => each.startsWith(word.slice(0, 1)))) {
        expect(isNear(word, other), `${word} ${other}`).toBe(editDistance(word, other) <= 1);
      }
    }
    expect([isNear('postgresql', 'postrgesq'), isNear('postgresql', 'progestql')]).toEqual([true, false]);
  });
});
