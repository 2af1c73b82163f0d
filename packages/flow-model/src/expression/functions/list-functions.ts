import type { JsonValue } from '../../document/json.ts';
import { compareText, isEqual } from '../operators.ts';
import { isObject, ownProperty, setProperty, typeWord } from '../value.ts';
import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';
import { toText } from './to-text.ts';

const define = definitionsOf('list');

/** True if the list (argument 0) contains the value (argument 1). */
export function containsValue(call: FunctionCall): boolean {
  return call.list(0).some((item) => isEqual(call, item, call.any(1)));
}

/** Reads a field by its dotted path; null when something on the way is missing. */
export function readPath(value: JsonValue, path: string): JsonValue {
  let current: JsonValue = value;
  for (const name of path.split('.')) {
    if (isObject(current)) current = ownProperty(current, name) ?? null;
    else if (Array.isArray(current) && /^\d+$/.test(name)) current = current[Number(name)] ?? null;
    else return null;
  }
  return current;
}

const rank = (value: JsonValue): number => (typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2);

/** Order of mixed values: numbers, texts, true and false; nothing comes last. */
function compareValues(left: JsonValue, right: JsonValue): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  return rank(left) - rank(right) || Number(left === true) - Number(right === true);
}

function sortBy(call: FunctionCall, keyOf: (item: JsonValue) => JsonValue): JsonValue[] {
  const list = call.list(0);
  call.spend(list.length * (1 + Math.ceil(Math.log2(list.length + 1))));
  const keyed = list.map((item) => ({ item, key: keyOf(item) }));
  return keyed.sort((left, right) => compareValues(left.key, right.key)).map(({ item }) => item);
}

function groupBy(call: FunctionCall): JsonValue {
  const groups: { [key: string]: JsonValue[] } = {};
  for (const item of call.list(0)) {
    const key = toText(call, readPath(item, call.text(1)));
    if (!Object.hasOwn(groups, key)) setProperty(groups, key, []);
    groups[key]?.push(item);
  }
  return groups;
}

/** Keeps the first of equal items. Simple values are told apart by a set, others by comparing. */
function unique(call: FunctionCall): JsonValue[] {
  const simple = new Set<JsonValue>();
  const kept: JsonValue[] = [];
  const keptObjects: JsonValue[] = [];
  for (const item of call.list(0)) {
    if (typeof item !== 'object' || item === null) {
      if (simple.has(item)) continue;
      simple.add(item);
    } else {
      if (keptObjects.some((other) => isEqual(call, other, item))) continue;
      keptObjects.push(item);
    }
    kept.push(item);
  }
  return kept;
}

function extreme(isBetter: (candidate: number, best: number) => boolean): (call: FunctionCall) => JsonValue {
  return (call) => {
    const numbers = call.numbers(0);
    return numbers.length === 0 ? null : numbers.reduce((best, item) => (isBetter(item, best) ? item : best));
  };
}

function flatten(call: FunctionCall): JsonValue[] {
  const flat = call.list(0).flatMap((item) => {
    call.spend(Array.isArray(item) ? item.length : 1);
    return item;
  });
  return flat;
}

function range(call: FunctionCall): JsonValue {
  const [start, end] = call.has(1) ? [call.number(0), call.number(1)] : [0, call.number(0)];
  const length = Math.max(0, Math.ceil(end - start));
  call.spend(length);
  return Array.from({ length }, (_, index) => start + index);
}

function zip(call: FunctionCall): JsonValue {
  const [left, right] = [call.list(0), call.list(1)];
  return Array.from({ length: Math.min(left.length, right.length) }, (_, index) => [
    left[index] ?? null,
    right[index] ?? null,
  ]);
}

function chunk(call: FunctionCall): JsonValue {
  const size = call.count(1, { least: 1, most: 100_000 });
  const list = call.list(0);
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function join(call: FunctionCall): string {
  const parts = call.list(0).map((item) => toText(call, item));
  const separator = call.text(1, '');
  call.spendText(separator.length * parts.length + parts.reduce((sum, part) => sum + part.length, 0));
  return parts.join(separator);
}

function indexBy(call: FunctionCall): JsonValue {
  const index: { [key: string]: JsonValue } = {};
  for (const item of call.list(0)) setProperty(index, toText(call, readPath(item, call.text(1))), item);
  return index;
}

function size(call: FunctionCall): number {
  const value = call.any(0);
  if (typeof value === 'string') {
    call.spendText(value.length);
    // Counts characters, not UTF-16 units, as CEL says.
    return Array.from(value).length;
  }
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw call.fail(`needs text, a list or an object; it is ${typeWord(value)}.`, 0);
}

const sum = (call: FunctionCall): number => call.numbers(0).reduce((total, item) => total + item, 0);

export const listFunctions: readonly FunctionRow[] = [
  define('size(value: sized): number', {
    doc: 'Number of characters of a text, items of a list, or fields of an object.',
    example: 'size([10, 20, 30])',
    result: 3,
    call: size,
  }),
  define('first(list: list): item', {
    doc: 'The first item, or nothing when the list is empty.',
    example: 'first(["a", "b"])',
    result: 'a',
    call: (call) => call.list(0)[0] ?? null,
  }),
  define('last(list: list): item', {
    doc: 'The last item, or nothing when the list is empty.',
    example: 'last(["a", "b"])',
    result: 'b',
    call: (call) => call.list(0).at(-1) ?? null,
  }),
  define('sum(list: list): number', {
    doc: 'Adds the numbers of a list.',
    example: 'sum([1, 2, 3.5])',
    result: 6.5,
    call: sum,
  }),
  define('avg(list: list): number', {
    doc: 'The average of the numbers of a list, or nothing when it is empty.',
    example: 'avg([2, 4])',
    result: 3,
    call: (call) => (call.list(0).length === 0 ? null : sum(call) / call.list(0).length),
  }),
  define('min(list: list): number', {
    doc: 'The smallest number of a list, or nothing when it is empty.',
    example: 'min([3, 1, 2])',
    result: 1,
    call: extreme((candidate, best) => candidate < best),
  }),
  define('max(list: list): number', {
    doc: 'The largest number of a list, or nothing when it is empty.',
    example: 'max([3, 1, 2])',
    result: 3,
    call: extreme((candidate, best) => candidate > best),
  }),
  define('pluck(list: list, field: text): list', {
    doc: 'The values of one field of all items; a dotted path goes deeper.',
    example: 'pluck([{"sku": "a"}, {"sku": "b"}], "sku")',
    result: ['a', 'b'],
    call: (call) => call.list(0).map((item) => readPath(item, call.text(1))),
  }),
  define('sort(list: list): same', {
    doc: 'The list in ascending order.',
    example: 'sort([3, 1, 2])',
    result: [1, 2, 3],
    call: (call) => sortBy(call, (item) => item),
  }),
  define('sort_by(list: list, field: text): same', {
    doc: 'The list in ascending order of one field.',
    example: 'sort_by([{"n": 2}, {"n": 1}], "n")',
    result: [{ n: 1 }, { n: 2 }],
    call: (call) => sortBy(call, (item) => readPath(item, call.text(1))),
  }),
  define('reverse(list: list): same', {
    doc: 'The list from its end to its start.',
    example: 'reverse([1, 2, 3])',
    result: [3, 2, 1],
    call: (call) => [...call.list(0)].reverse(),
  }),
  define('unique(list: list): same', {
    doc: 'The list without repeated items.',
    example: 'unique(["a", "b", "a"])',
    result: ['a', 'b'],
    call: unique,
  }),
  define('group_by(list: list, field: text): object', {
    doc: 'An object that holds, for each value of the field, the list of its items.',
    example: 'group_by([{"k": "x", "n": 1}, {"k": "x", "n": 2}], "k")',
    result: { x: [{ k: 'x', n: 1 }, { k: 'x', n: 2 }] }, // prettier-ignore
    call: groupBy,
  }),
  define('index_by(list: list, field: text): object', {
    doc: 'An object that holds, for each value of the field, its last item.',
    example: 'index_by([{"sku": "a", "n": 1}], "sku")',
    result: { a: { sku: 'a', n: 1 } },
    call: indexBy,
  }),
  define('join(list: list, separator?: text): text', {
    doc: 'The items as one text.',
    example: 'join(["a", 1, true], ", ")',
    result: 'a, 1, true',
    call: join,
  }),
  define('flatten(list: list): list', {
    doc: 'Puts the items of inner lists into one list, one level deep.',
    example: 'flatten([[1, 2], [3]])',
    result: [1, 2, 3],
    call: flatten,
  }),
  define('range(start: number, end?: number): list<number>', {
    doc: 'The numbers from start up to, not including, end; with one argument from 0.',
    example: 'range(1, 4)',
    result: [1, 2, 3],
    call: range,
  }),
  define('zip(left: list, right: list): list', {
    doc: 'Pairs the items of two lists.',
    example: 'zip(["a", "b"], [1, 2])',
    result: [
      ['a', 1],
      ['b', 2],
    ],
    call: zip,
  }),
  define('slice(list: list, start: number, end?: number): same', {
    doc: 'The items from start up to, not including, end; negative numbers count from the end.',
    example: 'slice([1, 2, 3, 4], 1, 3)',
    result: [2, 3],
    call: (call) => call.list(0).slice(call.number(1), call.number(2, Infinity)),
  }),
  define('chunk(list: list, size: number): list', {
    doc: 'Cuts the list into lists of at most the given size.',
    example: 'chunk([1, 2, 3], 2)',
    result: [[1, 2], [3]],
    call: chunk,
  }),
  define('compact(list: list): same', {
    doc: 'The list without nothing and empty text.',
    example: 'compact(["a", null, ""])',
    result: ['a'],
    call: (call) => call.list(0).filter((item) => item !== null && item !== ''),
  }),
];
