import { expect, it } from 'vitest';
import { withReplacement } from './fix-issue.ts';

it('replaces a binding of an input field', () => {
  const step = { key: 'a', input: { amount: { formula: 'form.amount' }, other: { value: 1 } } };
  expect(withReplacement(step, '/input/amount', { formula: 'number(form.amount)' })).toEqual({
    key: 'a',
    input: { amount: { formula: 'number(form.amount)' }, other: { value: 1 } },
  });
});

it('enters nested bindings and lists', () => {
  const step = { input: { body: { object: { lines: { list: [{ formula: 'a' }, { formula: 'b' }] } } } } };
  expect(withReplacement(step, '/input/body/lines/1', { formula: 'number(b)' })).toEqual({
    input: { body: { object: { lines: { list: [{ formula: 'a' }, { formula: 'number(b)' }] } } } },
  });
});

it('keeps a formula field a text', () => {
  expect(withReplacement({ items: 'a' }, '/items', { formula: 'b' })).toEqual({ items: 'b' });
});
