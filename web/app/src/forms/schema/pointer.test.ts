import { expect, it } from 'vitest';
import { childPointer, valueAt, withValueAt } from './pointer.ts';

it('writes a value deep inside without touching the original', () => {
  const before = { a: { b: [1, 2] } };
  expect(withValueAt(before, '/a/b/1', 3)).toEqual({ a: { b: [1, 3] } });
  expect(before).toEqual({ a: { b: [1, 2] } });
});

it('removes a key or a row when the value is undefined', () => {
  expect(withValueAt({ a: 1, b: 2 }, '/a', undefined)).toEqual({ b: 2 });
  expect(withValueAt({ list: ['x', 'y', 'z'] }, '/list/1', undefined)).toEqual({ list: ['x', 'z'] });
});

it('makes the objects on the way', () => {
  expect(withValueAt({}, '/a/b', 1)).toEqual({ a: { b: 1 } });
});

it('escapes names with slashes and tildes', () => {
  const pointer = childPointer('', 'a/b~c');
  expect(pointer).toBe('/a~1b~0c');
  expect(valueAt({ 'a/b~c': 7 }, pointer)).toBe(7);
});

it('never reaches a prototype', () => {
  expect(valueAt({}, '/constructor')).toBeUndefined();
  const changed = withValueAt({}, '/__proto__/polluted', true) as Record<string, unknown>;
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.hasOwn(changed, 'polluted')).toBe(false);
});
