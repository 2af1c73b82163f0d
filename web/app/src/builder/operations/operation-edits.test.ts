import { describe, expect, it } from 'vitest';
import type { OperationDefinition } from '@patchbay/manifest';
import {
  defaultProblem,
  duplicateAt,
  effectOf,
  freeName,
  missingPathNames,
  movedBy,
  nameFromTitle,
  newOperation,
  pathParts,
  readDefault,
  renamed,
  unusedPathNames,
  withPathParameters,
} from './operation-edits.ts';

const operation = (change: Partial<OperationDefinition> = {}): OperationDefinition => ({
  ...newOperation([]),
  ...change,
});

describe('names', () => {
  it('come from the words', () => {
    expect(nameFromTitle('Get current weather')).toBe('get_current_weather');
    expect(nameFromTitle('2 Übergrößen ändern!')).toBe('ubergro_en_andern');
    expect(nameFromTitle('東京')).toBe('operation');
  });

  it('never meet', () => {
    expect(freeName('a', ['b'])).toBe('a');
    expect(freeName('a', ['a', 'a_2'])).toBe('a_3');
    expect(freeName('a_2', ['a_2'])).toBe('a_3');
  });

  it('follow the words until they are changed by hand', () => {
    const first = renamed([operation()], 0, 'List pets');
    expect(first[0]).toMatchObject({ name: 'list_pets', display_name: 'List pets' });
    const byHand = [{ ...operation(), name: 'mine' }];
    expect(renamed(byHand, 0, 'List pets')[0]?.name).toBe('mine');
  });
});

it('duplicates behind the original, under another name, sharing nothing', () => {
  const list = [operation({ name: 'a' }), operation({ name: 'b' })];
  const copied = duplicateAt(list, 0);
  expect(copied.map(({ name }) => name)).toEqual(['a', 'a_2', 'b']);
  expect(copied[1]?.parameters).not.toBe(copied[0]?.parameters);
});

it('moves within the list and stops at its ends', () => {
  expect(movedBy(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(movedBy(['a', 'b', 'c'], 2, -5)).toEqual(['c', 'a', 'b']);
  expect(movedBy(['a'], 3, 1)).toEqual(['a']);
});

describe('path parameters', () => {
  const path = '/stores/{store}/items/{item}';
  it('are found in the path', () => {
    expect(pathParts(path).filter(({ isVariable }) => isVariable)).toHaveLength(2);
    expect(pathParts('/plain')).toEqual([{ text: '/plain', isVariable: false }]);
  });

  it('are offered when they are missing, and named when they go nowhere', () => {
    const one = withPathParameters(operation({ path }), ['store']);
    expect(missingPathNames(one)).toEqual(['item']);
    expect(unusedPathNames({ ...one, path: '/stores' })).toEqual(['store']);
    expect(one.parameters[0]).toMatchObject({ location: 'path', required: true });
  });
});

it('knows what the effect is when nobody says', () => {
  const of = (method: OperationDefinition['method']) => effectOf({ method });
  expect([of('GET'), of('PUT'), of('DELETE'), of('POST'), of('PATCH')]).toEqual([
    ...['read', 'idempotent', 'idempotent', 'keyed', 'keyed'],
  ]);
  expect(effectOf({ method: 'POST', effect: 'read' })).toBe('read');
});

it('reads defaults in the type of the parameter', () => {
  expect(readDefault('5', 'integer')).toBe(5);
  expect(readDefault('5', 'string')).toBe('5');
  expect(readDefault('true', 'boolean')).toBe(true);
  expect(readDefault('', 'string')).toBeUndefined();
  const parameter = { name: 'a', location: 'query', type: 'integer', required: false } as const;
  expect(defaultProblem({ ...parameter, default: 1.5 })).toBe('The default is no integer.');
  expect(defaultProblem({ ...parameter, required: true, default: 1 })).toMatch(/required/);
  expect(defaultProblem({ ...parameter, default: 1 })).toBeUndefined();
});
