import { describe, expect, it } from 'vitest';
import { jsonText, lineOfPointer, readJson } from './json-text.ts';

describe('readJson', () => {
  it('gives the value', () => {
    expect(readJson('{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(readJson('  ')).toEqual({ value: undefined });
  });

  it.each([
    ['{\n  "a": 1,\n  b\n}', 3],
    ['{\n  "a": 1', 2],
    ['{\n  "a": \n}', 3],
    ['{\n  "a": 1\n  "b": 2\n}', 3],
    ['{"a": 1,\n"b": 2,\n}', 3],
    ['[1,\n2,\ntru]', 3],
    ['oops', 1],
  ])('names the line that cannot be read in %j', (text, line) => {
    expect(readJson(text)).toMatchObject({
      line,
      problem: expect.stringMatching(new RegExp(`^Line ${line} cannot be read: .+\\.$`)),
    });
  });
});

it('finds the line of a value', () => {
  const value = { a: { 'b/c': [1, { d: 2 }] } };
  expect(jsonText(value).split('\n')[5]).toContain('"d"');
  expect(lineOfPointer(value, '/a/b~1c/1/d')).toBe(6);
  expect(lineOfPointer(value, '/x')).toBeUndefined();
});
