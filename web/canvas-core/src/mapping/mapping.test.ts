import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '@patchbay/flow-model';
import { dataTree } from './data-tree.ts';
import { suggestMappings } from './suggest-mappings.ts';

const order: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    placed_at: { type: 'string', format: 'date-time', description: 'When.' },
    customer: { type: ['object', 'null'], properties: { email: { type: 'string' } } },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
  },
  $defs: {
    line: {
      type: 'object',
      properties: { sku: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/$defs/line' } } },
    },
  },
};
const sample = { id: '7', lines: [{ sku: 'KB' }] };

describe('dataTree', () => {
  it('gives rows with type, sample and children; recursion ends', () => {
    const rows = dataTree(order, sample);
    expect(rows.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'text'],
      ['placed_at', 'date'],
      ['customer', 'object'],
      ['lines', 'list'],
    ]);
    expect(rows[0]?.sample).toBe('7');
    expect(rows[3]?.children[0]).toMatchObject({ name: 'sku', path: ['lines', 0, 'sku'], sample: 'KB' });
    expect(JSON.stringify(rows).length).toBeLessThan(10_000);
  });

  it('falls back on the sample where the schema is silent', () => {
    expect(dataTree({}, { a: [{ b: true }], c: null })).toMatchObject([
      { name: 'a', type: 'list', children: [{ name: 'b', type: 'boolean', path: ['a', 0, 'b'] }] },
      { name: 'c', type: 'nothing' },
    ]);
    expect(dataTree({ type: 'string' }, 'x')).toEqual([]);
  });
});

describe('suggestMappings', () => {
  it('proposes by name, by two names, by synonym, and only what fits', () => {
    const input: JsonSchema = {
      type: 'object',
      properties: {
        to: { type: 'string' },
        ID: { type: 'string' },
        customerEmail: { type: 'string' },
        lines: { type: 'number' },
        foo: {},
      },
    };
    const sources = [{ root: 'trigger', schema: order, sample, mayNotHaveRun: false }];
    const suggestions = suggestMappings(input, ['to', 'ID', 'customerEmail', 'lines', 'foo'], sources);
    expect(suggestions.map(({ field, formula }) => [field, formula])).toEqual([
      ['to', 'trigger.customer.email'],
      ['ID', 'trigger.id'],
      ['customerEmail', 'trigger.customer.email'],
    ]);
  });

  it('writes ? for what may not have run, and prefers what is nearer', () => {
    const input: JsonSchema = { type: 'object', properties: { sku: { type: 'string' } } };
    const item: JsonSchema = { type: 'object', properties: { sku: { type: 'string' } } };
    const far = { root: 'far', schema: item, mayNotHaveRun: false };
    const near = { root: 'near', schema: item, mayNotHaveRun: true };
    expect(suggestMappings(input, ['sku'], [near, far]).map(({ formula }) => formula)).toEqual(['near.?sku']);
    expect(suggestMappings(input, ['sku'], [far, near]).map(({ formula }) => formula)).toEqual(['far.sku']);
  });
});
