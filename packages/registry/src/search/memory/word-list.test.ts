import { describe, expect, it } from 'vitest';
import { fits, WordList } from './word-list.ts';

const known = ['mail', 'email', 'mailbox', 'a', 'mailmail', 'ma', '日本語'];

describe('WordList', () => {
  const list = new WordList();
  for (const word of known) list.add(word);
  const find = (term: string): [string | undefined, number][] =>
    list.find(term).map(({ at, fit }) => [list.words[at], fit]);

  it('finds a term as a whole word, as a beginning and as a piece, each word once', () => {
    expect(find('mail')).toEqual([
      ['mail', fits.whole],
      ['email', fits.piece],
      ['mailbox', fits.start],
      ['mailmail', fits.start],
    ]);
    expect(find('本語')).toEqual([]);
    expect(find('日本語')).toEqual([['日本語', fits.whole]]);
  });

  it('takes a short term for a beginning alone', () => {
    expect(find('ma')).toEqual([
      ['mail', fits.start],
      ['mailbox', fits.start],
      ['mailmail', fits.start],
      ['ma', fits.whole],
    ]);
    expect(find('a')).toEqual([['a', fits.whole]]);
    expect(find('il')).toEqual([]);
  });

  it('gives a word that it knows the same number', () => {
    expect([list.add('email'), list.numberOf('email'), list.numberOf('mails')]).toEqual([1, 1, undefined]);
    expect(list.words).toEqual(known);
  });
});
