import type { ChecklistEntry } from '@patchbay/api-contract/client';
import { expect, it } from 'vitest';
import { checklistRows, readinessOf } from './checklist-rows.ts';

const test = (operation: string, done: boolean): ChecklistEntry => ({
  ...{ code: 'test_missing', section: 'test', blocking: true, operation, done },
  message: `Test "${operation}".`,
});

it('puts many tests into one line', () => {
  const rows = checklistRows([test('a', true), test('b', false), test('c', false)]);
  expect(rows.map(({ message, done }) => [message, done])).toEqual([['2 of 3 operations have no passing test', false]]);
  expect(checklistRows([test('a', true), test('b', false)])).toHaveLength(2);
});

it('counts what blocks, and says of a done entry what it is about', () => {
  const icon: ChecklistEntry = {
    code: 'icon_missing',
    section: 'overview',
    message: 'Add an icon.',
    done: true,
    blocking: false,
  };
  const rows = checklistRows([icon, test('a', true), test('b', false)]);
  expect(readinessOf(rows)).toEqual({ done: 1, all: 2 });
  expect(rows[0]?.message).toBe('Icon');
});
