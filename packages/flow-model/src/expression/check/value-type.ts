/** Types of expressions, read from JSON Schema. */
import type { JsonSchema, JsonValue } from '../../document/json.ts';
import { isObject } from '../value.ts';

/** Fields of an object type; read on demand, so that recursive schemas work. */
export interface ObjectShape {
  readonly names: readonly string[];
  readonly required: ReadonlySet<string>;
  /** Type of a declared field, or undefined. */
  field(name: string): ValueType | undefined;
  /** Fields beyond the declared ones: their type, `undeclared` when the schema does not say, `none` when it forbids them. */
  readonly others: ValueType | 'undeclared' | 'none';
}

/** What is known about a value before it exists. `any` switches checking off. */
export interface ValueType {
  readonly kind: 'any' | 'nothing' | 'boolean' | 'number' | 'text' | 'list' | 'object' | 'optional';
  readonly isNullable?: boolean;
  /** Text that is known to be a date. */
  readonly dateFormat?: 'date' | 'date-time';
  /** Item of a list, or value of an optional. */
  readonly item?: ValueType;
  readonly shape?: ObjectShape;
}

export const anyType: ValueType = { kind: 'any' };
export const textType: ValueType = { kind: 'text' };
export const dateType: ValueType = { kind: 'text', dateFormat: 'date-time' };
export const numberType: ValueType = { kind: 'number' };
export const booleanType: ValueType = { kind: 'boolean' };
export const nothingType: ValueType = { kind: 'nothing' };
export const listOf = (item: ValueType): ValueType => ({ kind: 'list', item });
export const optionalOf = (item: ValueType): ValueType =>
  item.kind === 'optional' ? item : { kind: 'optional', item };
export const nullable = (type: ValueType): ValueType => ({ ...type, isNullable: true });

const words: Readonly<Record<ValueType['kind'], string>> = {
  any: 'anything',
  nothing: 'nothing',
  boolean: 'true or false',
  number: 'a number',
  text: 'text',
  list: 'a list',
  object: 'an object',
  optional: 'an optional value',
};

/** The words a person reads for a type. */
export function typeWords(type: ValueType): string {
  return type.dateFormat === undefined ? words[type.kind] : 'a date';
}

type SchemaLike = JsonValue | undefined;

/** Reads a schema as a type. Local `$ref`s are followed; what cannot be understood is `any`. */
export function typeFromSchema(schema: SchemaLike, root: SchemaLike = schema, depth = 0): ValueType {
  if (!isObject(schema) || depth > 20) return anyType;
  // A schema that brings its own definitions is a document of its own, also when it stands inside another.
  if (schema !== root && (schema['$defs'] ?? schema['definitions'])) return typeFromSchema(schema, schema, depth + 1);
  if (typeof schema['$ref'] === 'string') return typeFromSchema(resolveRef(schema['$ref'], root), root, depth + 1);
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(alternatives)) return unionOf(alternatives.map((item) => typeFromSchema(item, root, depth + 1)));
  if (Array.isArray(schema['allOf'])) return typeOfAll(schema, schema['allOf'], root);
  return typeOfPlain(schema, root, depth);
}

function resolveRef(ref: string, root: SchemaLike): SchemaLike {
  if (!ref.startsWith('#')) return undefined;
  let current: SchemaLike = root;
  for (const segment of ref.split('/').slice(1)) {
    const name = segment.replace(/~1/g, '/').replace(/~0/g, '~');
    current = isObject(current) && Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current;
}

/** `allOf` of objects is one object with all their fields; other uses only add constraints. */
function typeOfAll(schema: JsonSchema, parts: JsonValue[], root: SchemaLike): ValueType {
  const merged: JsonSchema = {};
  const properties: JsonSchema = {};
  for (const part of [...parts, { ...schema, allOf: null }]) {
    const inner = isObject(part) && typeof part['$ref'] === 'string' ? resolveRef(part['$ref'], root) : part;
    if (!isObject(inner)) continue;
    if (isObject(inner['properties'])) Object.assign(properties, inner['properties']);
    Object.assign(merged, inner);
  }
  delete merged['allOf'];
  if (Object.keys(properties).length > 0) merged['properties'] = properties;
  return typeFromSchema(merged, root, 1);
}

function typeOfPlain(schema: JsonSchema, root: SchemaLike, depth: number): ValueType {
  const named = schema['type'];
  if (Array.isArray(named)) return unionOf(named.map((type) => typeFromSchema({ ...schema, type }, root, depth + 1)));
  switch (named) {
    case 'string':
      return typeOfText(schema['format']);
    case 'number':
    case 'integer':
      return numberType;
    case 'boolean':
      return booleanType;
    case 'null':
      return nothingType;
    case 'array':
      return listOf(schema['items'] === undefined ? anyType : typeFromSchema(schema['items'], root, depth + 1));
    case 'object':
      return { kind: 'object', shape: shapeOf(schema, root) };
    default:
      return typeWithoutName(schema, root);
  }
}

function typeOfText(format: SchemaLike): ValueType {
  return format === 'date' || format === 'date-time' ? { kind: 'text', dateFormat: format } : textType;
}

function typeWithoutName(schema: JsonSchema, root: SchemaLike): ValueType {
  if (Array.isArray(schema['enum'])) return unionOf(schema['enum'].map(typeOfValue));
  if (schema['const'] !== undefined) return typeOfValue(schema['const']);
  return isObject(schema['properties']) ? { kind: 'object', shape: shapeOf(schema, root) } : anyType;
}

function shapeOf(schema: JsonSchema, root: SchemaLike): ObjectShape {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const names = Object.keys(properties);
  return {
    names,
    required: new Set(required.filter((name) => typeof name === 'string')),
    field: (name) => (Object.hasOwn(properties, name) ? typeFromSchema(properties[name], root) : undefined),
    others: otherFields(schema, root, names.length > 0),
  };
}

function otherFields(schema: JsonSchema, root: SchemaLike, hasNames: boolean): ObjectShape['others'] {
  const additional = schema['additionalProperties'];
  if (additional === false) return 'none';
  if (isObject(additional)) return typeFromSchema(additional, root);
  return additional === undefined && hasNames ? 'undeclared' : anyType;
}

/** The type of several possible types: the common one, nullable if nothing is among them, otherwise `any`. */
export function unionOf(types: readonly ValueType[]): ValueType {
  const [first, ...rest] = types.filter((type) => type.kind !== 'nothing');
  const isNullable = types.some((type) => type.kind === 'nothing' || type.isNullable);
  if (!first) return types.length === 0 ? anyType : nothingType;
  const isUniform = rest.every((type) => type.kind === first.kind);
  const common =
    isUniform && (rest.length === 0 || !isJoined(first)) ? first : isUniform ? joined([first, ...rest]) : anyType;
  return isNullable ? nullable(common) : common;
}

const isJoined = (type: ValueType): boolean =>
  type.kind === 'list' || type.kind === 'object' || type.kind === 'optional' || type.kind === 'text';

/** Lists join their items; objects of different shape keep only that they are objects. */
function joined(types: readonly ValueType[]): ValueType {
  const [first = anyType] = types;
  if (first.kind === 'text') return types.every((type) => type.dateFormat !== undefined) ? dateType : textType;
  if (types.every((type) => type.shape === first.shape && type.item === first.item)) return first;
  if (first.kind === 'object') return { kind: 'object' };
  return { kind: first.kind, item: unionOf(types.map((type) => type.item ?? anyType)) };
}

/** The type of a value that is there. */
export function typeOfValue(value: JsonValue): ValueType {
  if (value === null) return nothingType;
  if (Array.isArray(value)) return listOf(value.length === 0 ? anyType : unionOf(value.slice(0, 20).map(typeOfValue)));
  if (isObject(value)) return objectOf(Object.entries(value).map(([name, item]) => [name, typeOfValue(item)]));
  const kinds = { string: textType, number: numberType, boolean: booleanType } as const;
  return kinds[typeof value as keyof typeof kinds];
}

/** An object with exactly these fields. */
export function objectOf(entries: readonly (readonly [string, ValueType])[]): ValueType {
  const fields = new Map(entries);
  const names = [...fields.keys()];
  return {
    kind: 'object',
    shape: { names, required: new Set(names), field: (name) => fields.get(name), others: 'none' },
  };
}

/** Writes a type as JSON Schema, at most ten levels deep. */
export function typeToSchema(type: ValueType, depth = 0): JsonSchema {
  const named = depth > 10 ? {} : plainSchema(type, depth);
  return type.isNullable && typeof named['type'] === 'string' ? { ...named, type: [named['type'], 'null'] } : named;
}

function plainSchema(type: ValueType, depth: number): JsonSchema {
  switch (type.kind) {
    case 'any':
      return {};
    case 'nothing':
      return { type: 'null' };
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number' };
    case 'text':
      return { type: 'string', ...(type.dateFormat !== undefined && { format: type.dateFormat }) };
    case 'list':
      return { type: 'array', items: typeToSchema(type.item ?? anyType, depth + 1) };
    case 'optional':
      return typeToSchema(nullable(type.item ?? anyType), depth + 1);
    case 'object':
      return objectSchema(type.shape, depth);
  }
}

function objectSchema(shape: ObjectShape | undefined, depth: number): JsonSchema {
  if (!shape) return { type: 'object' };
  const properties = Object.fromEntries(
    shape.names.map((name) => [name, typeToSchema(shape.field(name) ?? anyType, depth + 1)]),
  );
  const others = shape.others === 'none' ? { additionalProperties: false } : {};
  const open =
    typeof shape.others === 'object' ? { additionalProperties: typeToSchema(shape.others, depth + 1) } : others;
  return { type: 'object', properties, required: [...shape.required], ...open };
}
