import { expect, it } from 'vitest';
import { validateValue } from './validate-value.ts';

it('reports a missing field at the field', () => {
  expect(validateValue({ type: 'object', required: ['email'] }, {})).toEqual({ '/email': 'This is needed.' });
});

it('reports the field that is wrong and not its parents', () => {
  const schema = {
    type: 'object',
    properties: { order: { type: 'object', properties: { qty: { type: 'integer', minimum: 1 } } } },
  };
  const problems = validateValue(schema, { order: { qty: 0 } });
  expect(Object.keys(problems)).toEqual(['/order/qty']);
});

it('finds nothing wrong with a good value', () => {
  expect(validateValue({ type: 'object', properties: { a: { type: 'string' } } }, { a: 'x' })).toEqual({});
});
