import { describe, expect, it } from 'vitest';
import {
  listBindingReferences,
  listReferences,
  parsePill,
  renameInBinding,
  renameReference,
  writePath,
} from './references.ts';

describe('listReferences', () => {
  it('gives roots and paths and leaves loop variables out', () => {
    const source =
      'sum(look_up.rows.map(r, r.qty * loop.item["n"])) + trigger.a.?b.orValue(other) + optional.of(1).value()';
    expect(listReferences(source).map(({ root, path }) => [root, ...path])).toEqual([
      ['look_up', 'rows'],
      ['loop', 'item', 'n'],
      ['trigger', 'a', 'b'],
      ['other'],
    ]);
  });

  it('sees an index that is itself a formula', () => {
    expect(listReferences('a.b[c.d].e').map(({ root }) => root)).toEqual(['a', 'c']);
  });

  it('gives columns inside a template', () => {
    expect(
      listBindingReferences({ template: 'Hi {{ a.b }}{{ c }}' }).map(({ root, column }) => [root, column]),
    ).toEqual([
      ['a', 7],
      ['c', 16],
    ]);
  });
});

describe('renameReference', () => {
  it.each([
    ['a.b + a["a"] + "a" + x.a', 'bb.b + bb["a"] + "a" + x.a'],
    ['rows.map(a, a.b) + [a]', 'rows.map(a, a.b) + [bb]'],
    ['a.map(a, a)', 'bb.map(a, a)'],
    ['cel.bind(a, a.x, a)', 'cel.bind(a, bb.x, a)'],
    ['a ? a : -a', 'bb ? bb : -bb'],
    ['a + ', 'bb + '],
    ['"a', '"a'],
  ])('%s', (source, expected) => {
    expect(renameReference(source, 'a', 'bb')).toBe(expected);
  });

  it('rewrites bindings of every form', () => {
    const binding = { object: { x: { list: [{ formula: 'a.b' }, { template: 'a {{ a }}' }, { value: 'a' }] } } };
    expect(renameInBinding(binding, 'a', 'c')).toEqual({
      object: { x: { list: [{ formula: 'c.b' }, { template: 'a {{ c }}' }, { value: 'a' }] } },
    });
  });

  it('renames to and from words that CEL reserves', () => {
    expect(renameReference('import.x + loop.item', 'import', 'package')).toBe('package.x + loop.item');
  });
});

describe('parsePill', () => {
  it('takes exactly one path', () => {
    expect(parsePill('look_up.rows[0].sku')).toEqual({ root: 'look_up', path: ['rows', 0, 'sku'], isOptional: false });
    expect(parsePill(' loop.item ')).toEqual({ root: 'loop', path: ['item'], isOptional: false });
    expect(parsePill('a.?b.orValue("-")')).toEqual({ root: 'a', path: ['b'], isOptional: true, fallback: '-' });
    for (const other of ['a + b', 'a.b(', 'upper(a)', '1', 'a[b]', 'a.?b.orValue(c)'])
      expect(parsePill(other)).toBeUndefined();
  });

  it('reads back what writePath writes', () => {
    const path = ['rows', 0, 'unit price', 'in'];
    expect(parsePill(writePath('a', path))).toEqual({ root: 'a', path, isOptional: false });
    expect(parsePill(writePath('a', path, true))).toEqual({ root: 'a', path, isOptional: true });
  });
});
