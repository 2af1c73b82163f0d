import { expect, it } from 'vitest';
import { createMergePatch, isSame } from './merge-patch.ts';

it('sends only what changed, deep in objects and whole for lists', () => {
  const before = { name: 'A', auth: { type: 'api_key', key_prefix: 'x', list: [1, 2] }, tags: ['a'] };
  const after = { name: 'A', auth: { type: 'api_key', key_prefix: '', list: [1, 2] }, tags: ['a', 'b'] };
  expect(createMergePatch(before, after)).toEqual({ auth: { key_prefix: '' }, tags: ['a', 'b'] });
});

it('removes by null what is gone or undefined', () => {
  expect(createMergePatch({ a: 1, b: { c: 1, d: 2 } }, { a: undefined, b: { c: 1 } })).toEqual({
    a: null,
    b: { d: null },
  });
});

it('is empty for the same content', () => {
  expect(createMergePatch({ a: [{ b: 1, c: 2 }] }, { a: [{ c: 2, b: 1 }] })).toEqual({});
  expect(isSame({ a: undefined }, {})).toBe(true);
  expect(isSame([1], { 0: 1 })).toBe(false);
});
