import { expect, it } from 'vitest';
import { percentWords, plural } from './numbers.ts';

it('never says 100 % while something failed', () => {
  expect(percentWords(99_999, 100_000)).toBe('99.9 %');
  expect(percentWords(5, 5)).toBe('100 %');
  expect(percentWords(1, 100_000)).toBe('0.1 %');
  expect(percentWords(0, 0)).toBe('');
});

it('counts in words', () => {
  expect(plural(0, 'flow')).toBe('no flows');
  expect(plural(1, 'flow')).toBe('1 flow');
  expect(plural(4_218, 'run')).toBe('4,218 runs');
});
