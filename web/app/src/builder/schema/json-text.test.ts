import { describe, expect, it } from 'vitest';
import { jsonText, lineOfPointer, readJson } from './json-text.ts';

describe('readJson', () => {
  it('gives the value', () => {
    expect(readJson('{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(readJson('  ')).toEqual({ value: undefined });
  });

  it('names the line that cannot be read', () => {
    expect(readJson('{\n  "a": 1,\n  b\n}')).toMatchObject({ line: 3, problem: expect.stringMatching(/^Line 3/) });
    expect(readJson('{\n  "a": 1')).toMatchObject({ line: 2 });
  });
});

it('finds the line of a value', () => {
  const value = { a: { 'b/c': [1, { d: 2 }] } };
  expect(jsonText(value).split('\n')[5]).toContain('"d"');
  expect(lineOfPointer(value, '/a/b~1c/1/d')).toBe(6);
  expect(lineOfPointer(value, '/x')).toBeUndefined();
});
