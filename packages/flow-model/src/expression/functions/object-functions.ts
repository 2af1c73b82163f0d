import type { JsonValue } from '../../document/json.ts';
import { ownProperty, setProperty, isObject, typeWord } from '../value.ts';
import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';
import { readPath } from './list-functions.ts';

const define = definitionsOf('object');

type Fields = { [key: string]: JsonValue };

function merge(call: FunctionCall): Fields {
  const merged: Fields = {};
  for (const source of [call.object(0), call.object(1)]) {
    call.spend(Object.keys(source).length);
    for (const [key, value] of Object.entries(source)) setProperty(merged, key, value);
  }
  return merged;
}

function nameList(call: FunctionCall): ReadonlySet<JsonValue> {
  return new Set(call.list(1));
}

function keepFields(call: FunctionCall, isKept: (key: string) => boolean): Fields {
  const source = call.object(0);
  const kept: Fields = {};
  call.spend(Object.keys(source).length);
  for (const [key, value] of Object.entries(source)) if (isKept(key)) setProperty(kept, key, value);
  return kept;
}

function fromEntries(call: FunctionCall): Fields {
  const result: Fields = {};
  for (const entry of call.list(0)) {
    const pair = isObject(entry) ? [ownProperty(entry, 'key'), ownProperty(entry, 'value')] : entry;
    if (!Array.isArray(pair) || typeof pair[0] !== 'string') {
      throw call.fail(`must hold objects with key and value, or pairs; it holds ${typeWord(entry)}.`, 0);
    }
    setProperty(result, pair[0], pair[1] ?? null);
  }
  return result;
}

function listFields<Result extends JsonValue>(
  call: FunctionCall,
  pick: (entry: [string, JsonValue]) => Result,
): Result[] {
  const entries = Object.entries(call.object(0));
  call.spend(entries.length);
  return entries.map(pick);
}

export const objectFunctions: readonly FunctionRow[] = [
  define('keys(object: object): list<text>', {
    doc: 'The names of the fields.',
    example: 'keys({"a": 1, "b": 2})',
    result: ['a', 'b'],
    call: (call) => listFields(call, ([key]) => key),
  }),
  define('values(object: object): list', {
    doc: 'The values of the fields.',
    example: 'values({"a": 1, "b": 2})',
    result: [1, 2],
    call: (call) => listFields(call, ([, value]) => value),
  }),
  define('entries(object: object): list', {
    doc: 'The fields as a list of objects with key and value.',
    example: 'entries({"a": 1})',
    result: [{ key: 'a', value: 1 }],
    call: (call) => listFields(call, ([key, value]) => ({ key, value })),
  }),
  define('from_entries(entries: list): object', {
    doc: 'Makes an object of objects with key and value, or of pairs.',
    example: 'from_entries([{"key": "a", "value": 1}, ["b", 2]])',
    result: { a: 1, b: 2 },
    call: fromEntries,
  }),
  define('merge(object: object, with: object): object', {
    doc: 'One object with the fields of both; the second wins.',
    example: 'merge({"a": 1, "b": 1}, {"b": 2})',
    result: { a: 1, b: 2 },
    call: merge,
  }),
  define('pick(object: object, names: list): object', {
    doc: 'The object with only the named fields.',
    example: 'pick({"a": 1, "b": 2}, ["a"])',
    result: { a: 1 },
    call: (call) => {
      const names = nameList(call);
      return keepFields(call, (key) => names.has(key));
    },
  }),
  define('omit(object: object, names: list): object', {
    doc: 'The object without the named fields.',
    example: 'omit({"a": 1, "b": 2}, ["a"])',
    result: { b: 2 },
    call: (call) => {
      const names = nameList(call);
      return keepFields(call, (key) => !names.has(key));
    },
  }),
  define('has_key(object: object, name: text): boolean', {
    doc: 'True if the object has the field.',
    example: 'has_key({"a": null}, "a")',
    result: true,
    call: (call) => Object.hasOwn(call.object(0), call.text(1)),
  }),
  define('get(value: any, path: text, fallback?: any): any', {
    doc: 'Reads a dotted path; the fallback (or nothing) when something on the way is missing.',
    example: 'get({"a": {"b": 1}}, "a.c", 0)',
    result: 0,
    call: (call) => readPath(call.any(0), call.text(1)) ?? call.any(2),
  }),
];
