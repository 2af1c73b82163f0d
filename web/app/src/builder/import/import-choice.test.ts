import { describe, expect, it } from 'vitest';
import type { ImportedOperation, OpenApiPreview } from '@patchbay/api-contract/client';
import { chosenAtFirst, filtered, stateCounts, tagsOf, visibleRange, withChoice } from './import-choice.ts';

const found = (key: string, change: Partial<ImportedOperation> = {}): ImportedOperation => ({
  key,
  operation: {
    name: key.toLowerCase().replaceAll(/\W+/g, '_'),
    display_name: key,
    description: '',
    method: 'GET',
    path: '/',
    parameters: [],
  },
  warnings: [],
  tags: [],
  deprecated: false,
  ...change,
});

const unusable = (key: string): ImportedOperation => {
  const { operation: _left, ...rest } = found(key);
  return { ...rest, unsupported: 'HEAD cannot be called.' };
};

const preview = (operations: ImportedOperation[]): OpenApiPreview => ({
  format: 'openapi-3.0',
  name: 'Pets',
  description: '',
  version: '1',
  base_url: 'https://pets.example',
  servers: [],
  auth_alternatives: [],
  operations,
  removed: [],
  warnings: [],
});

describe('what is chosen at first', () => {
  it('is all that can be used and is not on its way out', () => {
    const chosen = chosenAtFirst(preview([found('a'), found('b', { deprecated: true }), unusable('c')]));
    expect([...chosen]).toEqual(['a']);
  });

  it('of a second import is what is new or changed, never what was edited by hand', () => {
    const chosen = chosenAtFirst(
      preview([
        found('a', { change: 'new' }),
        found('b', { change: 'changed' }),
        found('c', { change: 'edited' }),
        found('d', { change: 'same' }),
      ]),
    );
    expect([...chosen]).toEqual(['a', 'b']);
  });
});

it('filters by words, tag and state', () => {
  const list = [
    found('GET /pets', { tags: ['pets'] }),
    found('GET /stores', { change: 'edited' }),
    unusable('HEAD /x'),
  ];
  const keys = (filter: Partial<Parameters<typeof filtered>[1]>): string[] =>
    filtered(list, { text: '', tag: '', state: 'all', ...filter }).map(({ key }) => key);
  expect(keys({ text: 'get STORES' })).toEqual(['GET /stores']);
  expect(keys({ tag: 'pets' })).toEqual(['GET /pets']);
  expect(keys({ state: 'unsupported' })).toEqual(['HEAD /x']);
  expect(tagsOf(list)).toEqual([{ tag: 'pets', count: 1 }]);
  expect(stateCounts(list)).toMatchObject({ new: 1, edited: 1, unsupported: 1 });
});

it('chooses all that can be used, and leaves all out', () => {
  const list = [found('a'), unusable('b')];
  const all = withChoice(new Set(['z']), list, true);
  expect([...all]).toEqual(['z', 'a']);
  expect([...withChoice(all, list, false)]).toEqual(['z']);
});

it('shows a part of a long list', () => {
  expect(visibleRange({ count: 1_500, rowHeight: 40, top: 20_000, height: 400 })).toEqual({ from: 494, to: 516 });
  expect(visibleRange({ count: 3, rowHeight: 40, top: 0, height: 400 })).toEqual({ from: 0, to: 3 });
});
