import type { JsonValue, Parameter } from '@patchbay/manifest';

/** A value on its way into a path, a query or a header. */
export interface StyledValue {
  /** On the wire. */
  readonly name: string;
  readonly value: JsonValue;
  readonly style: NonNullable<Parameter['style']>;
  readonly explode: boolean;
}

/** Percent-encodes everything that is not unreserved; a lone surrogate becomes the replacement character. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A plain value as text; what is nested deeper than a style can say is JSON. */
export function toText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Encode = (text: string) => string;
type Pair = readonly [string, string];

/** The value of one path parameter with its prefix, as RFC 6570 and OpenAPI 3 write it. */
export function writePath({ name, value, style, explode }: StyledValue): string {
  if (style === 'label') return prefixed(value, { explode, prefix: '.', encode: encodeText });
  if (style === 'matrix') return writeMatrix({ name, value, explode });
  return writeSimple(value, { explode, encode: encodeText });
}

/** `blue,black` or `R=100,G=200`: a path segment (encoded) or a header (as it is). */
export function writeSimple(value: JsonValue, { explode, encode }: { explode: boolean; encode: Encode }): string {
  return prefixed(value, { explode, prefix: '', encode });
}

function prefixed(
  value: JsonValue,
  { explode, prefix, encode }: { explode: boolean; prefix: string; encode: Encode },
): string {
  const parts = isList(value)
    ? itemsOf(value).map(encode)
    : entriesOf(value).map(([key, text]) => `${encode(key)}${explode ? '=' : ','}${encode(text)}`);
  if (!isList(value) && !isObject(value)) return prefix + encode(toText(value));
  if (parts.length === 0) return '';
  return prefix + parts.join(explode && prefix !== '' ? prefix : ',');
}

function writeMatrix({ name, value, explode }: { name: string; value: JsonValue; explode: boolean }): string {
  const key = encodeText(name);
  if (!isList(value) && !isObject(value)) {
    const text = encodeText(toText(value));
    return text === '' ? `;${key}` : `;${key}=${text}`;
  }
  const pairs = entriesOf(value).map(([field, text]): Pair => [encodeText(field), encodeText(text)]);
  if (pairs.length === 0) return '';
  if (!explode) return `;${key}=${pairs.map((pair) => (isList(value) ? pair[1] : pair.join(','))).join(',')}`;
  return pairs.map(([field, text]) => `;${isList(value) ? key : field}=${text}`).join('');
}

const delimiters: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C' };

/** One query parameter as `name=value` parts; none if there is nothing to send. */
export function writeQuery({ name, value, style, explode }: StyledValue): string[] {
  if (value === null) return [];
  if (!isList(value) && !isObject(value)) return [assign([name, toText(value)])];
  if (style === 'deepObject') return toFormPairs(name, value).map(assign);
  if (explode) return entriesOf(value).map(([key, text]) => assign([isList(value) ? name : key, text]));
  const flat = isList(value) ? itemsOf(value) : entriesOf(value).flat();
  if (flat.length === 0) return [];
  return [`${encodeText(name)}=${flat.map(encodeText).join(delimiters[style] ?? ',')}`];
}

function assign([name, text]: Pair): string {
  return `${encodeText(name)}=${encodeText(text)}`;
}

/**
 * A nested value with brackets: `a[b]=1`, plain lists as `a[]=1`, lists of objects as `a[0][b]=1`. OpenAPI leaves all but
 * the first open; this is what qs, PHP and Rails read.
 */
export function toFormPairs(name: string, value: JsonValue): Pair[] {
  if (value === null) return [];
  if (isList(value)) {
    return value.flatMap((item, index) =>
      toFormPairs(isNested(item) ? `${name}[${String(index)}]` : `${name}[]`, item),
    );
  }
  if (!isObject(value)) return [[name, toText(value)]];
  return Object.entries(value).flatMap(([key, child]) => toFormPairs(`${name}[${key}]`, child));
}

function isList(value: JsonValue): value is JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for lists and objects. */
export function isNested(value: JsonValue): boolean {
  return isList(value) || isObject(value);
}

function itemsOf(list: readonly JsonValue[]): string[] {
  return list.filter((item) => item !== null).map(toText);
}

/** Fields of an object, or items of a list by index; null is not sent. */
function entriesOf(value: JsonValue): Pair[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): Pair[] => (child === null ? [] : [[key, toText(child)]]));
}
