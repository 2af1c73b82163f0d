import { writePath } from '@patchbay/flow-model/expression';

/** One way of using a list where a single value is needed. */
export interface ListChoice {
  readonly id: 'first' | 'join' | 'count' | 'all';
  readonly label: string;
  readonly formula: string;
}

/**
 * What a person may mean by dropping something out of a list on a field: nothing loops by itself (web.md 5.3.8).
 * Empty when the path goes through no list.
 */
export function listChoices(root: string, path: readonly (string | number)[]): readonly ListChoice[] {
  const at = path.findIndex((segment) => typeof segment === 'number');
  if (at === -1) return [];
  const list = writePath(root, path.slice(0, at));
  const inner = path.slice(at + 1);
  const all = inner.length === 0 ? list : `pluck(${list}, ${JSON.stringify(inner.join('.'))})`;
  return [
    { id: 'first', label: 'First item', formula: writePath(root, path) },
    { id: 'join', label: 'Join as text', formula: `join(${all}, ", ")` },
    { id: 'all', label: 'All as a list', formula: all },
    { id: 'count', label: 'Count of items', formula: `size(${list})` },
  ];
}
