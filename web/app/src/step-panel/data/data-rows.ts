import type { JsonSchema, JsonValue } from '@patchbay/flow-model';
import { writePath } from '@patchbay/flow-model/expression';
import { typeOf } from '../field/binding-edits.ts';
import { asSchema, propertiesOf, schemaAt } from '../field/field-scope.ts';

/** One row of the data tree. */
export interface DataRow {
  /** Parts after the root; `*` stands for "each item". */
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly type: string;
  readonly depth: number;
  /** Sample value on one line. */
  readonly sample: string;
  readonly hasChildren: boolean;
  readonly description: string;
}

/** What can be taken from one name in scope. */
export interface DataSource {
  readonly root: string;
  /** Parts that every row begins with: `['item']` for the current item of a loop. */
  readonly base: readonly string[];
  readonly schema: JsonSchema;
  readonly sample: JsonValue | undefined;
}

const maxDepth = 6;

/** Rows of a source: the fields of the schema, merged with those that only the sample has. */
export function dataRows(source: DataSource, isOpen: (path: string) => boolean): DataRow[] {
  const rows: DataRow[] = [];
  const schema = schemaAt(source.schema, source.base) ?? {};
  const sample = source.base.reduce<JsonValue | undefined>((value, name) => childOf(value, name), source.sample);
  addChildren({ rows, source, isOpen }, { schema, sample, path: source.base, depth: 0 });
  return rows;
}

interface Walk {
  readonly rows: DataRow[];
  readonly source: DataSource;
  readonly isOpen: (path: string) => boolean;
}

interface Place {
  readonly schema: JsonSchema;
  readonly sample: JsonValue | undefined;
  readonly path: readonly (string | number)[];
  readonly depth: number;
}

function addChildren(walk: Walk, place: Place): void {
  if (place.depth > maxDepth) return;
  for (const [name, schema, sample] of childrenOf(walk.source, place)) {
    const path = [...place.path, name];
    const inner = childrenOf(walk.source, { schema, sample, path, depth: place.depth + 1 });
    walk.rows.push({
      path,
      name,
      type: typeOf(schema) === 'any' && sample !== undefined ? typeOfSample(sample) : formatOf(schema),
      depth: place.depth,
      sample: shortSample(sample),
      hasChildren: inner.length > 0,
      description: typeof schema['description'] === 'string' ? schema['description'] : '',
    });
    if (inner.length > 0 && walk.isOpen(path.join('.')))
      addChildren(walk, { schema, sample, path, depth: place.depth + 1 });
  }
}

type Child = [string, JsonSchema, JsonValue | undefined];

/** Fields of an object; of a list, the fields of its items, under `*`. */
function childrenOf(source: DataSource, place: Place): Child[] {
  const plain = schemaAt({ ...place.schema, ...defsOf(source.schema) }, []) ?? {};
  const isList = typeOf(plain) === 'array' || Array.isArray(place.sample);
  const schema = isList
    ? (schemaAt({ ...(asSchema(plain['items']) ?? {}), ...defsOf(source.schema) }, []) ?? {})
    : plain;
  const sample = isList ? (Array.isArray(place.sample) ? place.sample[0] : undefined) : place.sample;
  const known = propertiesOf(schema).map(([name, child]): Child => [name, child, childOf(sample, name)]);
  const names = new Set(known.map(([name]) => name));
  const extra = isObject(sample) ? Object.entries(sample).filter(([name]) => !names.has(name)) : [];
  const all = [...known, ...extra.map(([name, value]): Child => [name, {}, value])];
  return isList ? all.map(([name, child, value]): Child => [`*.${name}`, child, value]) : all;
}

function defsOf(schema: JsonSchema): JsonSchema {
  return schema['$defs'] === undefined ? {} : { $defs: schema['$defs'] };
}

function childOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const field = name.startsWith('*.') ? name.slice(2) : name;
  const holder = Array.isArray(value) ? value[0] : value;
  return isObject(holder) && Object.hasOwn(holder, field) ? holder[field] : undefined;
}

const isObject = (value: JsonValue | undefined): value is Record<string, JsonValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOfSample(value: JsonValue): string {
  if (value === null) return 'any';
  return Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;
}

function formatOf(schema: JsonSchema): string {
  const format = schema['format'];
  return format === 'date-time' || format === 'date' ? 'date' : typeOf(schema);
}

function shortSample(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return String(value.length);
  if (typeof value === 'object' && value !== null) return '';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Whether a row stands for a field of each item of a list. */
export const isEach = (row: DataRow): boolean =>
  row.path.some((part) => typeof part === 'string' && part.startsWith('*.'));

/** Name of a row as people read it. */
export const rowLabel = (row: DataRow): string => row.name.replace(/^\*\./, '');

/** How a field of each item of a list is taken: never a silent loop. */
export type EachChoice = 'first' | 'all' | 'join' | 'count';

/** The formula for a row. */
export function referenceOf(root: string, row: DataRow, options: { isOptional: boolean; each?: EachChoice }): string {
  const parts = row.path.flatMap((part) =>
    typeof part === 'string' && part.startsWith('*.') ? ['*', part.slice(2)] : [part],
  );
  const star = parts.indexOf('*');
  if (star === -1) return writePath(root, parts, options.isOptional);
  const list = writePath(root, parts.slice(0, star), options.isOptional);
  const field = (name: string): string =>
    writePath(
      name,
      parts.slice(star + 1).filter((part) => part !== '*'),
    );
  switch (options.each ?? 'first') {
    case 'first':
      return writePath(
        root,
        parts.flatMap((part) => (part === '*' ? [0] : [part])),
        options.isOptional,
      );
    case 'all':
      return `${list}.map(item, ${field('item')})`;
    case 'join':
      return `join(${list}.map(item, ${field('item')}), ", ")`;
    case 'count':
      return `size(${list})`;
  }
}
