import { isJsonObject } from '@patchbay/manifest';

/** Keywords whose value is one schema. */
export const schemaKeywords = [
  ...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
  ...['unevaluatedProperties', 'unevaluatedItems'],
] as const;
/** Keywords whose value is a list of schemas. */
export const schemaListKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
/** Keywords whose value is an object of schemas by name. */
export const schemaMapKeywords = ['properties', 'patternProperties', 'dependentSchemas'] as const;

/** What a schema holds that only explains. */
export const proseKeywords: ReadonlySet<string> = new Set(['description', 'title', 'examples', 'deprecated']);
const maxDescription = 1_000;

const typeNames = new Set(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

/** Keywords with a plain value, and what the value must be; one that is not is left out. */
const plainKeywords: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...{ maximum: isNumber, minimum: isNumber, exclusiveMaximum: isNumber, exclusiveMinimum: isNumber },
  multipleOf: (value) => isNumber(value) && (value as number) > 0,
  ...{ maxLength: isCount, minLength: isCount, maxItems: isCount, minItems: isCount },
  ...{ maxProperties: isCount, minProperties: isCount, minContains: isCount, maxContains: isCount },
  ...{ uniqueItems: isFlag, deprecated: isFlag },
  ...{ format: isText, title: isText, description: isText, contentEncoding: isText, contentMediaType: isText },
  enum: (value) => Array.isArray(value) && value.length > 0,
  examples: (value) => Array.isArray(value),
  const: () => true,
};

/** The plain keywords of a schema in the words of JSON Schema 2020-12; OpenAPI 3.0 said some of them differently. */
export function plainKeywordsOf(schema: Record<string, unknown>): Record<string, unknown> {
  const plain: [string, unknown][] = [];
  for (const [keyword, value] of Object.entries(withoutBooleanBounds(schema))) {
    if (Object.hasOwn(plainKeywords, keyword) && plainKeywords[keyword]?.(value) === true) {
      plain.push([keyword, keyword === 'description' ? (value as string).slice(0, maxDescription) : value]);
    }
  }
  const types = typesOf(schema);
  if (types.length > 0) plain.unshift(['type', types.length === 1 ? types[0] : types]);
  if (schema['example'] !== undefined) plain.push(['examples', [schema['example']]]);
  return Object.fromEntries(plain);
}

/** `exclusiveMinimum: true` makes an exclusive bound of `minimum`. */
function withoutBooleanBounds(schema: Record<string, unknown>): Record<string, unknown> {
  let result = schema;
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (schema[flag] !== true || typeof schema[bound] !== 'number') continue;
    const { [bound]: value, ...rest } = result;
    result = { ...rest, [flag]: value };
  }
  return result;
}

function typesOf(schema: Record<string, unknown>): string[] {
  const given: unknown[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  const types = given.map((type) => (type === 'file' ? 'string' : type)).filter(isTypeName);
  const isNullable = schema['nullable'] === true || schema['x-nullable'] === true;
  return isNullable && types.length > 0 && !types.includes('null') ? [...types, 'null'] : types;
}

function isTypeName(type: unknown): type is string {
  return typeof type === 'string' && typeNames.has(type);
}

/** True if the schema says that null is allowed in a way that its type does not carry. */
export function needsNull(schema: Record<string, unknown>, translated: Record<string, unknown>): boolean {
  return (schema['nullable'] === true || schema['x-nullable'] === true) && translated['type'] === undefined;
}

/** A pattern that compiles as JSON Schema wants it, or undefined. */
export function readPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  try {
    new RegExp(pattern, 'u');
    return pattern;
  } catch {
    return undefined;
  }
}

/** Keywords that we do not follow, with the words that name them. */
export const unsupportedKeywords: Readonly<Record<string, string>> = {
  $dynamicRef: 'Dynamic references are not followed: any value is accepted there.',
  xml: 'How values are written as XML is not used.',
  dependentRequired: 'dependentRequired is not checked.',
};

/** A value as list of texts: what is no text is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Null among the values of an enumeration, where the schema is nullable. */
export function withNullInEnum(schema: Record<string, unknown>): Record<string, unknown> {
  const { enum: values, type } = schema;
  const allowsNull = Array.isArray(type) && type.includes('null');
  return allowsNull && Array.isArray(values) && !values.includes(null)
    ? { ...schema, enum: [...(values as unknown[]), null] }
    : schema;
}

/** Guards a schema that says something. */
export function isEmptySchema(schema: unknown): boolean {
  return isJsonObject(schema) && Object.keys(schema).length === 0;
}
