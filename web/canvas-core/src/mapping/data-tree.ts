/** The fields of a source as rows: from its schema, and from its sample where the schema is silent. */
import type { JsonSchema, JsonValue } from '@patchbay/flow-model';

/** What a row holds; decides its glyph. */
export type DataType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'object' | 'nothing' | 'any';

/** One field of a source. */
export interface DataRow {
  readonly name: string;
  /** From the source on: `['rows', 0, 'sku']`. */
  readonly path: readonly (string | number)[];
  readonly type: DataType;
  readonly description?: string;
  readonly sample?: JsonValue;
  /** Fields of an object, or of the first item of a list. */
  readonly children: readonly DataRow[];
}

const maxDepth = 6;
const maxRows = 200;

/** Rows below a source. A list shows the fields of its items, with index 0 in their paths. */
export function dataTree(schema: JsonSchema, sample?: JsonValue): readonly DataRow[] {
  return childRows({ schema, root: schema, sample, path: [] });
}

interface Place {
  readonly schema: JsonSchema;
  readonly root: JsonSchema;
  readonly sample: JsonValue | undefined;
  readonly path: readonly (string | number)[];
}

function childRows(place: Place): DataRow[] {
  const schema = plainSchema(place.schema, place.root);
  const isList = schema['type'] === 'array' || Array.isArray(place.sample);
  if (place.path.length >= maxDepth) return [];
  if (isList) {
    const items = asSchema(schema['items']) ?? {};
    return childRows({ ...place, schema: items, sample: childOf(place.sample, 0), path: [...place.path, 0] });
  }
  const properties = asSchema(schema['properties']) ?? {};
  const sampleNames = isPlainObject(place.sample) ? Object.keys(place.sample) : [];
  const names = [...new Set([...Object.keys(properties), ...sampleNames])].slice(0, maxRows);
  return names.map((name) =>
    toRow(
      {
        ...place,
        schema: asSchema(properties[name]) ?? {},
        sample: childOf(place.sample, name),
        path: [...place.path, name],
      },
      name,
    ),
  );
}

function toRow(place: Place, name: string): DataRow {
  const schema = plainSchema(place.schema, place.root);
  const { description } = schema;
  return {
    name,
    path: place.path,
    type: typeOf(schema, place.sample),
    ...(typeof description === 'string' ? { description } : {}),
    ...(place.sample === undefined ? {} : { sample: place.sample }),
    children: childRows(place),
  };
}

function typeOf(schema: JsonSchema, sample: JsonValue | undefined): DataType {
  const { type, format } = schema;
  if (type === 'string') return format === 'date' || format === 'date-time' ? 'date' : 'text';
  const named: Readonly<Record<string, DataType>> = {
    number: 'number',
    integer: 'number',
    boolean: 'boolean',
    array: 'list',
    object: 'object',
    null: 'nothing',
  };
  return (typeof type === 'string' ? named[type] : undefined) ?? typeOfSample(sample);
}

function typeOfSample(sample: JsonValue | undefined): DataType {
  if (sample === undefined) return 'any';
  if (sample === null) return 'nothing';
  if (Array.isArray(sample)) return 'list';
  const types = { string: 'text', number: 'number', boolean: 'boolean', object: 'object' } as const;
  return types[typeof sample as keyof typeof types];
}

/** The schema behind a local reference, "this or nothing", or a list of types with null. */
function plainSchema(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema {
  if (depth > 10) return {};
  const { $ref, type } = schema;
  if (typeof $ref === 'string') return plainSchema(resolveRef($ref, root), root, depth + 1);
  const options = schema['anyOf'] ?? schema['oneOf'];
  const real = Array.isArray(options)
    ? options.map(asSchema).filter((option) => option !== undefined && option['type'] !== 'null')
    : [];
  if (real.length === 1 && real[0]) return plainSchema(real[0], root, depth + 1);
  if (!Array.isArray(type)) return schema;
  const types = type.filter((name) => name !== 'null');
  return types.length === 1 && types[0] !== undefined ? { ...schema, type: types[0] } : schema;
}

function resolveRef(ref: string, root: JsonSchema): JsonSchema {
  let value: JsonValue | undefined = root;
  for (const segment of ref.split('/').slice(1))
    value = childOf(value, segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return asSchema(value) ?? {};
}

const isPlainObject = (value: JsonValue | undefined): value is { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asSchema = (value: JsonValue | undefined): JsonSchema | undefined => (isPlainObject(value) ? value : undefined);

function childOf(value: JsonValue | undefined, segment: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof segment === 'number' ? value[segment] : undefined;
  return isPlainObject(value) && typeof segment === 'string' && Object.hasOwn(value, segment)
    ? value[segment]
    : undefined;
}
