import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';
import { matchPattern } from './pattern.ts';
import { containsValue } from './list-functions.ts';

const define = definitionsOf('text');

function pad(call: FunctionCall): string {
  const text = call.text(0);
  const missing = call.count(1, { least: 0, most: 100_000 }) - text.length;
  const filler = call.text(2, ' ');
  if (missing <= 0 || filler === '') return '';
  call.spendText(missing);
  return filler.repeat(Math.ceil(missing / filler.length)).slice(0, missing);
}

function replaceAll(call: FunctionCall): string {
  const [text, find, replacement] = [call.text(0), call.text(1), call.text(2)];
  if (find === '') throw call.fail('must not be empty.', 1);
  const parts = text.split(find);
  call.spendText(text.length + parts.length * replacement.length);
  return parts.join(replacement);
}

function slug(call: FunctionCall): string {
  const plain = call
    .text(0)
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '');
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

export const textFunctions: readonly FunctionRow[] = [
  define('upper(text: text): text', {
    doc: 'The text in capital letters.',
    example: 'upper("abc")',
    result: 'ABC',
    call: (call) => call.text(0).toUpperCase(),
  }),
  define('lower(text: text): text', {
    doc: 'The text in small letters.',
    example: 'lower("ABC")',
    result: 'abc',
    call: (call) => call.text(0).toLowerCase(),
  }),
  define('capitalize(text: text): text', {
    doc: 'The text with a capital first letter.',
    example: 'capitalize("ada")',
    result: 'Ada',
    call: (call) => call.text(0).charAt(0).toUpperCase() + call.text(0).slice(1),
  }),
  define('trim(text: text): text', {
    doc: 'The text without spaces at both ends.',
    example: 'trim("  hi ")',
    result: 'hi',
    call: (call) => call.text(0).trim(),
  }),
  define('contains(where: text_or_list, what: any): boolean', {
    doc: 'True if the text contains the other text, or the list contains the value.',
    example: 'contains("invoice 12", "12")',
    result: true,
    call: (call) => (Array.isArray(call.any(0)) ? containsValue(call) : call.text(0).includes(call.text(1))),
  }),
  define('starts_with(text: text, start: text): boolean', {
    doc: 'True if the text begins with the other text.',
    example: 'starts_with("KB-0421", "KB")',
    result: true,
    call: (call) => call.text(0).startsWith(call.text(1)),
  }),
  define('ends_with(text: text, end: text): boolean', {
    doc: 'True if the text ends with the other text.',
    example: 'ends_with("a.pdf", ".pdf")',
    result: true,
    call: (call) => call.text(0).endsWith(call.text(1)),
  }),
  define('matches(text: text, pattern: text): boolean', {
    doc: 'True if the regular expression is found in the text. Without look-around and back references; always fast.',
    example: 'matches("KB-0421", "^[A-Z]{2}-[0-9]+$")',
    result: true,
    call: (call) => matchPattern(call, call.text(0), call.text(1)),
  }),
  define('replace(text: text, find: text, with: text): text', {
    doc: 'Replaces every occurrence of a text by another.',
    example: 'replace("1,234,5", ",", ".")',
    result: '1.234.5',
    call: replaceAll,
  }),
  define('split(text: text, separator: text): list<text>', {
    doc: 'Cuts the text at each separator.',
    example: 'split("a;b;c", ";")',
    result: ['a', 'b', 'c'],
    call: (call) => {
      const parts = call.text(0).split(call.text(1));
      call.spend(parts.length);
      return parts;
    },
  }),
  define('substring(text: text, start: number, end?: number): text', {
    doc: 'The part of the text from start (the first character is 0) up to, not including, end.',
    example: 'substring("invoice", 0, 3)',
    result: 'inv',
    call: (call) => call.text(0).substring(call.number(1), call.number(2, Infinity)),
  }),
  define('index_of(text: text, find: text): number', {
    doc: 'Where the other text begins (the first character is 0), or -1.',
    example: 'index_of("a-b", "-")',
    result: 1,
    call: (call) => call.text(0).indexOf(call.text(1)),
  }),
  define('pad_start(text: text, length: number, filler?: text): text', {
    doc: 'Fills the text up at its start.',
    example: 'pad_start("42", 5, "0")',
    result: '00042',
    call: (call) => pad(call) + call.text(0),
  }),
  define('pad_end(text: text, length: number, filler?: text): text', {
    doc: 'Fills the text up at its end.',
    example: 'pad_end("ab", 4, ".")',
    result: 'ab..',
    call: (call) => call.text(0) + pad(call),
  }),
  define('repeat(text: text, times: number): text', {
    doc: 'The text several times in a row.',
    example: 'repeat("ab", 3)',
    result: 'ababab',
    call: (call) => {
      const times = call.count(1, { least: 0, most: 100_000 });
      call.spendText(call.text(0).length * times);
      return call.text(0).repeat(times);
    },
  }),
  define('truncate(text: text, length: number): text', {
    doc: 'Shortens a text to a length; a shortened one ends with an ellipsis.',
    example: 'truncate("Ring twice", 5)',
    result: 'Ring…',
    call: (call) => {
      const length = call.count(1, { least: 1, most: 1_000_000 });
      return call.text(0).length <= length ? call.text(0) : `${call.text(0).slice(0, length - 1)}…`;
    },
  }),
  define('slug(text: text): text', {
    doc: 'The text in small letters with hyphens, for addresses and keys.',
    example: 'slug("Größe & Farbe")',
    result: 'grosse-farbe',
    call: slug,
  }),
];
