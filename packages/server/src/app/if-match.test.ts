import { expect, it } from 'vitest';
import { readIfMatch } from './if-match.ts';

it.each([
  ['"3"', 3],
  ['W/"3"', 3],
  ['3', 3],
  [' "12" ', 12],
  ['*', '*'],
  [undefined, undefined],
])('reads If-Match %s', (header, expected) => {
  expect(readIfMatch(header)).toBe(expected);
});

it.each(['', '"x"', '-1', '1e3', '"99999999999"', '4294967296', '"1", "2"'])('refuses If-Match %s', (header) => {
  expect(() => readIfMatch(header)).toThrow('not valid');
});
