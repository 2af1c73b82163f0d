import { describe, expect, it } from 'vitest';
import { dataRows, referenceOf, rowLabel, type DataRow } from './data-rows.ts';

const schema = {
  type: 'object',
  properties: {
    rows: {
      type: 'array',
      items: { type: 'object', properties: { sku: { type: 'string' }, on_hand: { type: 'integer' } } },
    },
    total: { type: 'number' },
  },
};
const sample = { rows: [{ sku: 'KB-1', on_hand: 18, bin: 'H2' }], total: 1, extra: true };
const open = (): boolean => true;

function row(name: string): DataRow {
  const found = dataRows({ root: 'look_up', base: [], schema, sample }, open).find(
    (candidate) => rowLabel(candidate) === name,
  );
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
}

describe('dataRows', () => {
  it('shows fields of the schema with their samples, and fields that only the sample has', () => {
    const rows = dataRows({ root: 'look_up', base: [], schema, sample }, open);
    expect(rows.map((entry) => [rowLabel(entry), entry.depth, entry.type, entry.sample])).toEqual([
      ['rows', 0, 'array', '1'],
      ['sku', 1, 'string', '"KB-1"'],
      ['on_hand', 1, 'integer', '18'],
      ['bin', 1, 'string', '"H2"'],
      ['total', 0, 'number', '1'],
      ['extra', 0, 'boolean', 'true'],
    ]);
  });
  it('hides what is folded', () => {
    expect(dataRows({ root: 'x', base: [], schema, sample: undefined }, () => false).map(rowLabel)).toEqual([
      'rows',
      'total',
    ]);
  });
});

describe('referenceOf', () => {
  it('writes a path, with marks where it may be missing', () => {
    expect(referenceOf('look_up', row('total'), { isOptional: false })).toBe('look_up.total');
    expect(referenceOf('look_up', row('total'), { isOptional: true })).toBe('look_up.?total');
  });
  it('takes a field of each item only as the person chose', () => {
    const sku = row('sku');
    expect(referenceOf('look_up', sku, { isOptional: false, each: 'first' })).toBe('look_up.rows[0].sku');
    expect(referenceOf('look_up', sku, { isOptional: false, each: 'all' })).toBe('look_up.rows.map(item, item.sku)');
    expect(referenceOf('look_up', sku, { isOptional: false, each: 'join' })).toBe(
      'join(look_up.rows.map(item, item.sku), ", ")',
    );
    expect(referenceOf('look_up', sku, { isOptional: false, each: 'count' })).toBe('size(look_up.rows)');
  });
});
