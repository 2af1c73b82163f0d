import { isJsonObject, type JsonSchemaObject } from '@patchbay/manifest';
import type { DocumentSet } from '../source/document-set.ts';
import { childOf, childrenOf, objectOf, ownValue, textAt, type Located } from '../source/located.ts';
import { discriminatedValues } from './discriminated-values.ts';
import {
  needsNull,
  plainKeywordsOf,
  proseKeywords,
  readPattern,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
  textsOf,
  unsupportedKeywords,
  withNullInEnum,
} from './schema-keywords.ts';

/** Deepest nesting we make; below the limit of a manifest, with room for the place the schema is put at. */
const maxDepth = 20;

/** How a schema is converted. */
export interface SchemaOptions {
  /** A request leaves out what is read-only, an answer what is write-only. */
  readonly direction: 'request' | 'response';
  /** Aim for the size as JSON text; beyond it parts become schemas that accept anything. */
  readonly maxBytes: number;
  readonly warn: (message: string) => void;
}

interface Walk {
  readonly documents: DocumentSet;
  readonly options: SchemaOptions;
  readonly withProse: boolean;
  /** Names in `$defs` by the place they come from. */
  readonly names: Map<string, string>;
  readonly taken: Set<string>;
  readonly queue: [string, Located][];
  bytes: number;
  isCut: boolean;
}

/**
 * A schema of a description as JSON Schema 2020-12 that stands alone: what it refers to is in its own `$defs`, also when
 * it refers to itself. A schema that would be too large loses its texts first, then its far ends; a warning says so.
 */
export function convertSchema(documents: DocumentSet, part: Located, options: SchemaOptions): JsonSchemaObject {
  const whole = attempt(documents, part, { options, withProse: true });
  if (!whole.isCut) return whole.schema;
  const bare = attempt(documents, part, { options, withProse: false });
  if (bare.isCut) {
    const place = options.direction === 'request' ? 'input' : 'answer';
    options.warn(`The schema of the ${place} is too large; its inner parts accept anything.`);
  }
  return bare.schema;
}

function attempt(
  documents: DocumentSet,
  part: Located,
  { options, withProse }: Pick<Walk, 'options' | 'withProse'>,
): { readonly schema: JsonSchemaObject; readonly isCut: boolean } {
  const state = { names: new Map(), taken: new Set<string>(), queue: [], bytes: 0, isCut: false };
  const walk: Walk = { documents, options, withProse, ...state };
  const root = translateRoot(walk, part);
  const definitions: [string, unknown][] = [];
  // The queue grows while it is read. Near parts come first, so that far ones are the ones cut.
  for (const [name, place] of walk.queue) {
    // With texts, one that does not fit is not used.
    if (walk.isCut && withProse) break;
    definitions.push([name, translate(walk, place, 1)]);
  }
  const schema = definitions.length === 0 ? root : { ...root, $defs: Object.fromEntries(definitions) };
  return { schema, isCut: walk.isCut };
}

/** The root says what it is, so that a form needs to follow no reference to find its type. */
function translateRoot(walk: Walk, part: Located): JsonSchemaObject {
  const resolved = walk.documents.resolve(part);
  if (resolved === undefined) {
    warnOfReference(walk, part);
    return {};
  }
  const translated = translate(walk, resolved, 0);
  const root = isJsonObject(translated) ? translated : translated ? {} : { not: {} };
  const description = resolved === part ? undefined : ownValue(part.value, 'description');
  return typeof description === 'string' && walk.withProse ? { ...root, description } : root;
}

function translate(walk: Walk, part: Located, depth: number): JsonSchemaObject | boolean {
  const { value } = part;
  if (typeof value === 'boolean') return value;
  if (!isJsonObject(value)) return {};
  if (walk.bytes > walk.options.maxBytes) {
    walk.isCut = true;
    return {};
  }
  if (depth > maxDepth) {
    walk.options.warn(`A schema is nested deeper than ${String(maxDepth)} levels; what is below accepts anything.`);
    return {};
  }
  if (typeof value['$ref'] === 'string') return translateReference(walk, part);
  warnOfKeywords(walk, value);
  const plain = withNullInEnum(dropProse(walk, plainKeywordsOf(value)));
  walk.bytes += JSON.stringify(plain).length;
  const nested = nestedSchemas(walk, part, depth);
  const schema = { ...plain, ...ownPattern(walk, value), ...nested, ...requiredOf(walk, part) };
  return needsNull(value, schema) ? orNull(schema) : schema;
}

function translateReference(walk: Walk, part: Located): JsonSchemaObject {
  const target = walk.documents.resolve(part);
  if (target === undefined) {
    warnOfReference(walk, part);
    return {};
  }
  const reference = { $ref: `#/$defs/${nameOf(walk, target)}` };
  walk.bytes += reference.$ref.length + 12;
  const description = ownValue(part.value, 'description');
  const annotated =
    typeof description === 'string' && walk.withProse
      ? { ...reference, description: description.slice(0, 500) }
      : reference;
  return ownValue(part.value, 'nullable') === true ? orNull(annotated) : annotated;
}

function nameOf(walk: Walk, target: Located): string {
  const { base, pointer = '' } = target;
  const key = `${base}#${pointer}`;
  const known = walk.names.get(key);
  if (known !== undefined) return known;
  const wanted = (pointer.split('/').at(-1) ?? '').replaceAll('~1', '_').replaceAll(/[^A-Za-z0-9_.-]/g, '_');
  let name = wanted === '' ? 'schema' : wanted.slice(0, 80);
  for (let count = 2; walk.taken.has(name); count += 1) name = `${wanted.slice(0, 76)}_${String(count)}`;
  walk.names.set(key, name);
  walk.taken.add(name);
  walk.queue.push([name, target]);
  return name;
}

function nestedSchemas(walk: Walk, part: Located, depth: number): Record<string, unknown> {
  const nested: [string, unknown][] = [];
  for (const keyword of schemaKeywords) {
    const child = childOf(part, keyword);
    if (child.value === undefined) continue;
    if (Array.isArray(child.value)) nested.push(['prefixItems', listOf(walk, child, depth)]);
    else nested.push([keyword, translate(walk, child, depth + 1)]);
  }
  for (const keyword of schemaListKeywords) {
    const child = childOf(part, keyword);
    if (!Array.isArray(child.value) || child.value.length === 0) continue;
    const variants = listOf(walk, child, depth);
    nested.push([keyword, keyword === 'allOf' ? variants : discriminate(walk, { part, child, variants })]);
  }
  for (const keyword of schemaMapKeywords) {
    const child = childOf(part, keyword);
    if (isJsonObject(child.value)) nested.push([keyword, mapOf(walk, { child, keyword, depth })]);
  }
  return Object.fromEntries(nested);
}

function listOf(walk: Walk, list: Located, depth: number): unknown[] {
  return childrenOf(list).map(([, child]) => translate(walk, child, depth + 1));
}

/**
 * Variants of an answer by the values of their discriminator: `if` it has the value `then` it must fit, `else` it is another one. Without
 * that a check of nested variants tries all combinations. What is sent keeps plain variants, which a form can show.
 */
function discriminate(
  walk: Walk,
  { part, child, variants }: { part: Located; child: Located; variants: unknown[] },
): unknown[] {
  const discriminator = childOf(part, 'discriminator');
  if (discriminator.value === undefined) return variants;
  const places = childrenOf(child).map(([, variant]) => variant);
  const values = discriminatedValues(walk.documents, discriminator, places);
  const property = textAt(discriminator, 'propertyName');
  if (values === undefined || property === undefined) {
    walk.options.warn('A discriminator without a mapping is not used: any variant that fits is accepted.');
    return variants;
  }
  if (walk.options.direction === 'request') return variants;
  return variants.map((variant, index) => ({
    if: { properties: { [property]: { enum: values[index] } }, required: [property] },
    then: variant,
    else: false,
  }));
}

function mapOf(walk: Walk, { child, keyword, depth }: { child: Located; keyword: string; depth: number }) {
  // What should not come back sometimes does; it is only not asked for.
  const isRequest = walk.options.direction === 'request';
  const entries = childrenOf(child).filter(
    ([name, property]) =>
      !(keyword === 'properties' && isRequest && isHidden(walk, property)) &&
      !(keyword === 'patternProperties' && readPattern(name) === undefined),
  );
  return Object.fromEntries(
    entries.map(([name, property]) => {
      walk.bytes += name.length + 5;
      return [name, translate(walk, property, depth + 1)];
    }),
  );
}

/** Read-only properties are not sent, write-only ones need not come back (OpenAPI 3, Schema Object). */
function isHidden(walk: Walk, property: Located): boolean {
  const flag = walk.options.direction === 'request' ? 'readOnly' : 'writeOnly';
  return ownValue(property.value, flag) === true || ownValue(walk.documents.resolve(property)?.value, flag) === true;
}

function requiredOf(walk: Walk, part: Located): Record<string, unknown> {
  const properties = childOf(part, 'properties');
  const required = textsOf(ownValue(part.value, 'required')).filter((name) => {
    const property = childOf(properties, name);
    return property.value === undefined || !isHidden(walk, property);
  });
  return required.length === 0 ? {} : { required: [...new Set(required)] };
}

function ownPattern(walk: Walk, schema: Record<string, unknown>): Record<string, unknown> {
  const pattern = readPattern(schema['pattern']);
  if (pattern !== undefined) return { pattern };
  if (schema['pattern'] !== undefined) {
    walk.options.warn('A pattern is not a regular expression we can read, and is not checked.');
  }
  return {};
}

function orNull(schema: JsonSchemaObject): JsonSchemaObject {
  return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: 'null' }] };
}

function dropProse(walk: Walk, schema: Record<string, unknown>): Record<string, unknown> {
  const { examples, ...rest } = schema;
  if (walk.withProse) return walk.options.direction === 'request' && examples !== undefined ? schema : rest;
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !proseKeywords.has(keyword)));
}

function warnOfKeywords(walk: Walk, schema: Record<string, unknown>): void {
  for (const [keyword, warning] of Object.entries(unsupportedKeywords)) {
    if (Object.hasOwn(schema, keyword)) walk.options.warn(warning);
  }
}

function warnOfReference(walk: Walk, part: Located): void {
  const reference = String(objectOf(part.value)['$ref']).slice(0, 200);
  walk.options.warn(`The reference "${reference}" leads nowhere; any value is accepted there.`);
}
