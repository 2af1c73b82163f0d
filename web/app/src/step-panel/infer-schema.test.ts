import { expect, it } from 'vitest';
import { inferSchema } from './infer-schema.ts';

it('reads the shape of a sample', () => {
  expect(inferSchema({ id: 'A1', at: '2026-11-21T09:14:02Z', total: 3, gift: false, note: null })).toEqual({
    type: 'object',
    properties: {
      id: { type: 'string' },
      at: { type: 'string', format: 'date-time' },
      total: { type: 'number' },
      gift: { type: 'boolean' },
      note: {},
    },
  });
});

it('joins the items of a list', () => {
  expect(inferSchema([{ sku: 'a' }, { sku: 'b', qty: 2 }])).toEqual({
    type: 'array',
    items: { type: 'object', properties: { sku: { type: 'string' }, qty: { type: 'number' } } },
  });
  expect(inferSchema([1, 'a'])).toEqual({ type: 'array', items: {} });
});
