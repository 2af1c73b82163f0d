import { isJsonObject, readPointer, type JsonSchemaObject, type JsonValue } from '@patchbay/manifest';

/** One field of an answer, for a mapping (DI-48). */
export interface OperationField {
  /** `main.temp`, `items[].id`. */
  readonly path: string;
  readonly type: string;
  readonly description?: string;
}

const mostFields = 2_000;
const deepest = 12;

interface Walk {
  readonly root: JsonSchemaObject;
  readonly fields: Map<string, OperationField>;
}

interface Place {
  readonly path: string;
  readonly depth: number;
  /** References on the way here: a schema that holds itself is not followed round and round. */
  readonly followed: ReadonlySet<string>;
}

/** Fields that a schema describes, in its order. Objects and lists are fields too, before what is in them. */
export function flattenSchema(schema: JsonSchemaObject | undefined): OperationField[] {
  if (schema === undefined) return [];
  const walk: Walk = { root: schema, fields: new Map() };
  visit(walk, schema, { path: '', depth: 0, followed: new Set() });
  return [...walk.fields.values()];
}

function visit(walk: Walk, schema: unknown, place: Place): void {
  if (!isJsonObject(schema) || place.depth > deepest || walk.fields.size >= mostFields) return;
  note(walk, schema, place);
  const reference = schema['$ref'];
  if (typeof reference === 'string') visitReferenced(walk, reference, place);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) for (const part of parts) visit(walk, part, { ...place, depth: place.depth + 1 });
  }
  visitChildren(walk, schema, place);
}

/** A schema that holds itself is named where it stands again, but not gone into. */
function visitReferenced(walk: Walk, reference: string, place: Place): void {
  const target = resolve(walk.root, reference);
  if (place.followed.has(reference)) {
    if (isJsonObject(target)) note(walk, target, place);
    return;
  }
  visit(walk, target, { ...place, followed: new Set([...place.followed, reference]) });
}

function visitChildren(walk: Walk, schema: Record<string, unknown>, place: Place): void {
  const { properties, items } = schema;
  const deeper = { followed: place.followed, depth: place.depth + 1 };
  for (const [name, child] of Object.entries(isJsonObject(properties) ? properties : {})) {
    visit(walk, child, { ...deeper, path: place.path === '' ? name : `${place.path}.${name}` });
  }
  if (isJsonObject(items)) visit(walk, items, { ...deeper, path: `${place.path}[]` });
}

function resolve(root: JsonSchemaObject, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  return readPointer(root as JsonValue, decodeURIComponent(reference.slice(1)));
}

/** The items of a list are no field of their own unless they are plain values; the whole answer is none. */
function note(walk: Walk, schema: Record<string, unknown>, { path }: Place): void {
  const type = typeOf(schema);
  const isContainer = path.endsWith('[]') && (type === 'object' || type === 'array');
  if (path === '' || type === undefined || isContainer) return;
  const known = walk.fields.get(path);
  const description = known?.description ?? schema['description'];
  walk.fields.set(path, {
    path,
    type: known?.type ?? type,
    ...(typeof description === 'string' && { description }),
  });
}

function typeOf(schema: Record<string, unknown>): string | undefined {
  const { type } = schema;
  const names = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string' && name !== 'null');
  if (names.length > 0) return names.join(' | ');
  if ('properties' in schema) return 'object';
  if ('items' in schema) return 'array';
  return 'enum' in schema || 'const' in schema ? 'string' : undefined;
}
