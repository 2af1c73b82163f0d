import type { JsonValue } from '../../document/json.ts';
import { isObject, typeWord } from '../value.ts';
import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';
import { toJsonText, toText } from './to-text.ts';

const define = definitionsOf('convert');

const maxJsonDepth = 100;

function toNumber(call: FunctionCall): number {
  const value = call.any(0);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const text = typeof value === 'string' ? call.text(0).trim() : '';
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(Number(text))) return Number(text);
  const shown = typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeWord(value);
  throw call.fail(`cannot be read as a number; it is ${shown}.`, 0);
}

const words: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
};

function toBoolean(call: FunctionCall): boolean {
  const value = call.any(0);
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? call.text(0).trim().toLowerCase() : toText(call, value);
  const known = Object.hasOwn(words, word) ? words[word] : undefined;
  if (known === undefined) throw call.fail('must be true, false, yes, no, 1 or 0.', 0);
  return known;
}

function parseJson(call: FunctionCall): JsonValue {
  const text = call.text(0);
  call.spendText(text.length * 4);
  try {
    const value = JSON.parse(text) as JsonValue;
    return withoutPrototypeKeys(value, 0);
  } catch {
    throw call.fail('is not valid JSON, or is nested too deeply.', 0);
  }
}

/** A key `__proto__` from outside is dropped, like everywhere else. */
function withoutPrototypeKeys(value: JsonValue, depth: number): JsonValue {
  if (depth > maxJsonDepth) throw new Error('too deep');
  if (Array.isArray(value)) return value.map((item) => withoutPrototypeKeys(item, depth + 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutPrototypeKeys(item, depth + 1)]));
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

const typeNames: Readonly<Record<string, string>> = {
  text: 'text',
  'a number': 'number',
  'true or false': 'boolean',
  'a list': 'list',
  'an object': 'object',
};

export const convertFunctions: readonly FunctionRow[] = [
  define('string(value: any): text', {
    doc: 'Writes any value as text; lists and objects as JSON, nothing as empty text.',
    example: 'string(12.5)',
    result: '12.5',
    call: (call) => toText(call, call.any(0)),
  }),
  define('number(value: any): number', {
    doc: 'Reads a text as a number; true is 1, false is 0.',
    example: 'number("12.50")',
    result: 12.5,
    call: toNumber,
  }),
  define('int(value: any): number', {
    doc: 'Reads a value as a number and cuts off what is behind the point.',
    example: 'int("12.9")',
    result: 12,
    call: (call) => Math.trunc(toNumber(call)),
  }),
  define('bool(value: any): boolean', {
    doc: 'Reads true, false, yes, no, 1 or 0 as true or false.',
    example: 'bool("yes")',
    result: true,
    call: toBoolean,
  }),
  define('json(value: any): text', {
    doc: 'Writes any value as JSON.',
    example: 'json({"a": [1, 2]})',
    result: '{"a":[1,2]}',
    call: (call) => toJsonText(call, call.any(0)),
  }),
  define('parse_json(text: text): any', {
    doc: 'Reads a JSON text.',
    example: 'parse_json("[1, 2]")',
    result: [1, 2],
    call: parseJson,
  }),
  define('is_empty(value: any): boolean', {
    doc: 'True for nothing, empty text, an empty list or an empty object.',
    example: 'is_empty([])',
    result: true,
    call: (call) => isEmpty(call.any(0)),
  }),
  define('default(value: any, fallback: any): any', {
    doc: 'The value, or the fallback when it is empty.',
    example: 'default("", "none")',
    result: 'none',
    call: (call) => (isEmpty(call.any(0)) ? call.any(1) : call.any(0)),
  }),
  define('type(value: any): text', {
    doc: 'The type of a value: text, number, boolean, list, object or null.',
    example: 'type([1])',
    result: 'list',
    call: (call) => typeNames[typeWord(call.any(0))] ?? 'null',
  }),
];
