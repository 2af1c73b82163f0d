import { expect, it } from 'vitest';
import { durationWords, timeAgo } from './time.ts';

const now = new Date(2026, 10, 21, 12, 0, 0).getTime();
const ago = (ms: number): string => timeAgo(new Date(now - ms).toISOString(), now);

it('says how long ago in few words', () => {
  expect(ago(2_000)).toBe('just now');
  expect(ago(42_000)).toBe('42 s ago');
  expect(ago(5 * 60_000)).toBe('5 min ago');
  expect(ago(3 * 3_600_000)).toBe('3 h ago');
  expect(ago(14 * 3_600_000)).toBe('yesterday');
  expect(ago(3 * 86_400_000)).toBe('Wednesday');
  expect(ago(20 * 86_400_000)).toBe('1 Nov');
});

it('says a duration with two units at most', () => {
  expect(durationWords(82)).toBe('82 ms');
  expect(durationWords(1_240)).toBe('1.2 s');
  expect(durationWords(252_000)).toBe('4 min 12 s');
  expect(durationWords(52 * 3_600_000)).toBe('2 d 4 h');
  expect(durationWords(3_600_000)).toBe('1 h');
});
