import { describe, expect, it } from 'vitest';
import type { FlowDocument, JsonSchema, Step } from '@patchbay/flow-model';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { createSchemaReader, dataSources, sampleScope } from './data-sources.ts';
import { dataTree, referenceFor } from './data-tree.ts';
import { listChoices } from './list-choices.ts';
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
const loop: Step = { key: 'each', kind: 'for_each', title: 'For each line', items: 'trigger.lines', concurrency: 1 };
const document: FlowDocument = {
  ...aFlow({
    steps: [transform('first'), loop, transform('after')],
    edges: [
      { from: 'first', port: 'out', to: 'each' },
      { from: 'each', port: 'out', to: 'after' },
    ],
    inner: { 'each.body': { steps: [transform('inner')] } },
  }),
  trigger: { kind: 'manual', title: 'Order received', inputSchema: order },
  samples: { trigger: { id: '7', lines: [{ sku: 'KB' }] }, first: 1 },
};
const reader = createSchemaReader(document, { operation: () => undefined });

describe('dataSources', () => {
  it('lists what a step may use, nearest first, with samples', () => {
    const sources = dataSources(document, 'inner', reader);
    expect(sources.map(({ root }) => root)).toEqual(['loop', 'first', 'trigger', 'run']);
    expect(sampleScope(sources)).toEqual({
      loop: { item: { sku: 'KB' }, index: 0 },
      first: 1,
      trigger: document.samples['trigger'],
    });
    expect(dataSources(document, 'after', reader).map(({ root }) => root)).toEqual(['each', 'first', 'trigger', 'run']);
  });
});

describe('dataTree', () => {
  it('gives rows with type, sample and children; recursion ends', () => {
    const rows = dataTree(order, document.samples['trigger']);
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

  it('writes references, optional ones for steps that may not have run', () => {
    expect(referenceFor('look_up', ['rows', 0, 'unit price'])).toBe('look_up.rows[0]["unit price"]');
    expect(referenceFor('look_up', ['rows'], true)).toBe('look_up.?rows');
  });
});

describe('listChoices', () => {
  it('offers what dropping a list element may mean', () => {
    expect(listChoices('a', ['b'])).toEqual([]);
    expect(listChoices('a', ['rows', 0, 'x', 'y']).map(({ formula }) => formula)).toEqual([
      'a.rows[0].x.y',
      'join(pluck(a.rows, "x.y"), ", ")',
      'pluck(a.rows, "x.y")',
      'size(a.rows)',
    ]);
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
    const sources = dataSources(document, 'after', reader);
    const suggestions = suggestMappings(input, ['to', 'ID', 'customerEmail', 'lines', 'foo'], sources);
    expect(suggestions.map(({ field, formula }) => [field, formula])).toEqual([
      ['to', 'trigger.customer.email'],
      ['ID', 'trigger.id'],
      ['customerEmail', 'trigger.customer.email'],
    ]);
  });
});
