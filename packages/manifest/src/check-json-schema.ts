import type { FieldProblem } from '@patchbay/errors';
import { isJsonObject, type JsonValue } from './json.ts';
import { joinPointer, readPointer } from './json-pointer.ts';

/** Deepest nesting of an embedded JSON Schema. */
export const maxSchemaDepth = 24;
/** Largest embedded JSON Schema as JSON text. */
export const maxSchemaBytes = 131_072;

const typeNames = new Set(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);
const singleSchemaKeywords = [
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
];
const schemaListKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemaMapKeywords = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

interface Walk {
  readonly root: Record<string, unknown>;
  readonly problems: FieldProblem[];
}

/**
 * Checks an embedded JSON Schema: keywords have their right shapes, patterns compile, every `$ref` stays inside the
 * document, depth and size are bounded. `pointer` is where the schema stands in the manifest.
 */
export function checkJsonSchema(schema: Record<string, unknown>, pointer: string): FieldProblem[] {
  if (JSON.stringify(schema).length > maxSchemaBytes) {
    return [{ path: pointer, message: `The schema is larger than ${String(maxSchemaBytes)} bytes.` }];
  }
  const walk: Walk = { root: schema, problems: [] };
  visitSchema(walk, schema, { pointer, depth: 0 });
  return walk.problems;
}

interface Place {
  readonly pointer: string;
  readonly depth: number;
}

function visitSchema(walk: Walk, schema: unknown, place: Place): void {
  if (typeof schema === 'boolean') return;
  if (!isJsonObject(schema)) {
    report(walk, place.pointer, 'A schema must be an object, true or false.');
    return;
  }
  if (place.depth > maxSchemaDepth) {
    report(walk, place.pointer, 'The schema is nested too deeply.');
    return;
  }
  checkKeywords(walk, schema, place.pointer);
  for (const [child, path] of childSchemas(walk, schema, place.pointer)) {
    visitSchema(walk, child, { pointer: path, depth: place.depth + 1 });
  }
}

function childSchemas(walk: Walk, schema: Record<string, unknown>, pointer: string): [unknown, string][] {
  const children: [unknown, string][] = [];
  for (const keyword of singleSchemaKeywords) {
    if (keyword in schema) children.push([schema[keyword], joinPointer(pointer, keyword)]);
  }
  for (const keyword of [...schemaListKeywords, ...schemaMapKeywords]) {
    const value = schema[keyword];
    if (value === undefined) continue;
    const path = joinPointer(pointer, keyword);
    if (schemaListKeywords.includes(keyword) ? !Array.isArray(value) : !isJsonObject(value)) {
      report(walk, path, `"${keyword}" must be ${schemaListKeywords.includes(keyword) ? 'a list' : 'an object'}.`);
      continue;
    }
    for (const [key, child] of Object.entries(value as object)) children.push([child, joinPointer(path, key)]);
  }
  return children;
}

function checkKeywords(walk: Walk, schema: Record<string, unknown>, pointer: string): void {
  checkType(walk, schema['type'], joinPointer(pointer, 'type'));
  checkRequired(walk, schema['required'], joinPointer(pointer, 'required'));
  checkPattern(walk, schema['pattern'], joinPointer(pointer, 'pattern'));
  checkRef(walk, schema['$ref'], joinPointer(pointer, '$ref'));
  if ('enum' in schema && !Array.isArray(schema['enum'])) {
    report(walk, joinPointer(pointer, 'enum'), '"enum" must be a list.');
  }
  for (const pattern of Object.keys(isJsonObject(schema['patternProperties']) ? schema['patternProperties'] : {})) {
    checkPattern(walk, pattern, joinPointer(joinPointer(pointer, 'patternProperties'), pattern));
  }
}

function checkType(walk: Walk, type: unknown, pointer: string): void {
  if (type === undefined) return;
  const names: unknown[] = Array.isArray(type) ? type : [type];
  const isKnown = names.every((name) => typeof name === 'string' && typeNames.has(name));
  if (!isKnown || names.length === 0) report(walk, pointer, `The type must be one of ${[...typeNames].join(', ')}.`);
}

function checkRequired(walk: Walk, required: unknown, pointer: string): void {
  if (required === undefined) return;
  const isList = Array.isArray(required) && required.every((name) => typeof name === 'string');
  if (!isList) report(walk, pointer, '"required" must be a list of property names.');
}

function checkPattern(walk: Walk, pattern: unknown, pointer: string): void {
  if (pattern === undefined) return;
  if (typeof pattern !== 'string') {
    report(walk, pointer, 'A pattern must be a text.');
    return;
  }
  try {
    new RegExp(pattern, 'u');
  } catch {
    report(walk, pointer, 'The pattern is not a valid regular expression.');
  }
}

function checkRef(walk: Walk, reference: unknown, pointer: string): void {
  if (reference === undefined) return;
  if (typeof reference !== 'string' || !reference.startsWith('#')) {
    report(walk, pointer, 'A reference must stay inside the schema: it starts with #.');
    return;
  }
  const target = reference.slice(1);
  // An anchor cannot be told from a typing error without a full resolver, so only pointers are accepted.
  const isFound = target === '' || readPointer(walk.root as JsonValue, decodeURIComponent(target)) !== undefined;
  if (!isFound || !(target === '' || target.startsWith('/'))) report(walk, pointer, 'The reference leads nowhere.');
}

function report(walk: Walk, path: string, message: string): void {
  walk.problems.push({ path, message });
}
