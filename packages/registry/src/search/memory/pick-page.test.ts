import { describe, expect, it } from 'vitest';
import { pickPage } from './pick-page.ts';

/** The same numbers in every run, many of them equal. */
const numbers = Array.from({ length: 997 }, (_, index) => (index * 7_919) % 101);
const ascending = (one: number, other: number): number => one - other;

describe('pickPage', () => {
  it.each([
    [0, 0],
    [0, 1],
    [0, 20],
    [80, 20],
    [480, 20],
    [490, 20],
    [0, 5_000],
    [990, 20],
    [997, 20],
    [2_000, 20],
  ])('gives from %i the next %i of what a whole sort gives', (from, size) => {
    const sorted = numbers.toSorted(ascending);
    expect(pickPage([...numbers], { from, size }, ascending)).toEqual(sorted.slice(from, from + size));
  });
});
