import { parameterTypes, type ParameterDefinition } from '@patchbay/manifest';
import { convertSchema } from '../schema/convert-schema.ts';
import { inlineDefinitions } from '../schema/inline-definitions.ts';
import { textsOf } from '../schema/schema-keywords.ts';
import { childOf, childrenOf, objectOf, textAt, type Located } from '../source/located.ts';
import type { OperationSource } from './operation-source.ts';

/** Headers that OpenAPI leaves to other parts of a description. */
const describedElsewhere = new Set(['accept', 'content-type', 'authorization']);
const maxParameterBytes = 16_000;
const maxNameLength = 120;
type Style = NonNullable<ParameterDefinition['style']>;
const styles: Readonly<Record<string, readonly Style[]>> = {
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  path: ['simple', 'label', 'matrix'],
  header: ['simple'],
};

/** The parameters of an operation, those of its path included; what is left out is named by a warning. */
export function readParameters(source: OperationSource): ParameterDefinition[] {
  const found = new Map<string, ParameterDefinition>();
  for (const part of [...listAt(source.item, 'parameters'), ...listAt(source.operation, 'parameters')]) {
    const resolved = source.documents.resolve(part);
    if (resolved === undefined) {
      source.warn(`The parameter ${String(objectOf(part.value)['$ref']).slice(0, 200)} leads nowhere and is left out.`);
      continue;
    }
    const parameter = readParameter(source, resolved);
    // One of the operation takes the place of that of the path.
    if (parameter !== undefined) found.set(`${parameter.location} ${parameter.name}`, parameter);
  }
  return withPathParameters(source, [...found.values()]);
}

function listAt(part: Located, key: string): Located[] {
  const list = childOf(part, key);
  return Array.isArray(list.value) ? childrenOf(list).map(([, child]) => child) : [];
}

function readParameter(source: OperationSource, part: Located): ParameterDefinition | undefined {
  const name = (textAt(part, 'name') ?? '').trim();
  const location = textAt(part, 'in') ?? '';
  if (location === 'cookie') {
    source.warn(`The cookie parameter "${name}" is not sent.`);
    return undefined;
  }
  if (location === 'header' && describedElsewhere.has(name.toLowerCase())) return undefined;
  if ((location !== 'query' && location !== 'path' && location !== 'header') || name === '') {
    source.warn(
      `A parameter ${name === '' ? 'without a name' : `"${name.slice(0, 60)}"`} is left out: its place is not known.`,
    );
    return undefined;
  }
  if (name.length > maxNameLength) {
    source.warn(`The parameter "${name.slice(0, 60)}…" is left out: its name is too long.`);
    return undefined;
  }
  return { name, location, ...valueOf(source, { part, location }), ...describe(part) };
}

function describe(part: Located): { description?: string } {
  const description = textAt(part, 'description') ?? textAt(childOf(part, 'schema'), 'description');
  return description === undefined || description === '' ? {} : { description: description.slice(0, 4_000) };
}

type Value = Pick<ParameterDefinition, 'type' | 'required' | 'default' | 'schema' | 'style' | 'explode'>;

function valueOf(source: OperationSource, { part, location }: { part: Located; location: string }): Value {
  const required = location === 'path' || objectOf(part.value)['required'] === true;
  const content = childrenOf(childOf(part, 'content'))[0];
  if (content !== undefined) return contentValue(source, { part, type: content[0], required });
  const schemaPart = childOf(part, 'schema');
  const schema =
    schemaPart.value === undefined
      ? {}
      : inlineDefinitions(
          convertSchema(source.documents, schemaPart, {
            direction: 'request',
            maxBytes: maxParameterBytes,
            warn: source.warn,
          }),
        );
  if (objectOf(part.value)['allowReserved'] === true) {
    source.warn(`Reserved characters in "${textAt(part, 'name') ?? ''}" are encoded all the same.`);
  }
  return {
    type: plainType(schema),
    required,
    ...defaultOf(source.documents.resolve(schemaPart)?.value, { schema, required }),
    ...richSchema(schema),
    ...styleOf(source, { part, location, schema }),
  };
}

/** A parameter that holds a whole document: it is given as text. */
function contentValue(
  source: OperationSource,
  { part, type, required }: { part: Located; type: string; required: boolean },
): Value {
  source.warn(`"${textAt(part, 'name') ?? ''}" is given as text of the type ${type}.`);
  return { type: 'string', required, schema: { type: 'string', contentMediaType: type } };
}

function plainType(schema: Record<string, unknown>): ParameterDefinition['type'] {
  const types = textsOf([schema['type']].flat()).filter((type) => type !== 'null');
  return parameterTypes.find((type) => type === types[0]) ?? 'string';
}

/** The schema, where it says more than the type. */
function richSchema(schema: Record<string, unknown>): Pick<Value, 'schema'> {
  const { description: _description, title: _title, examples: _examples, ...rest } = schema;
  const saysNoMore =
    Object.keys(rest).length === 0 || (Object.keys(rest).length === 1 && plainType(rest) === rest['type']);
  return saysNoMore ? {} : { schema: rest };
}

/** The default, if a parameter can have it: it fits the type, and nobody must give the parameter. */
function defaultOf(
  original: unknown,
  { schema, required }: { schema: Record<string, unknown>; required: boolean },
): Pick<Value, 'default'> {
  const value = objectOf(original)['default'];
  if (required || !isPlain(value)) return {};
  const type = schema['type'] ?? 'string';
  const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
  const isAllowed = !Array.isArray(schema['enum']) || schema['enum'].includes(value);
  return fits && isAllowed ? { default: value } : {};
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Style and explode where they differ from what the place means by itself. */
function styleOf(
  source: OperationSource,
  { part, location, schema }: { part: Located; location: string; schema: Record<string, unknown> },
): Pick<Value, 'style' | 'explode'> {
  const given = textAt(part, 'style');
  const usual = location === 'query' ? 'form' : 'simple';
  const style = styles[location]?.find((candidate) => candidate === given);
  if (given !== undefined && style === undefined) {
    const name = textAt(part, 'name') ?? '';
    source.warn(`"${name}" is written in the style ${usual}: ${given.slice(0, 40)} is not possible there.`);
  }
  return {
    ...(style === undefined || style === usual ? {} : { style }),
    // A deep object has one way only, and a plain value none.
    ...(isScalar(schema) || style === 'deepObject' ? {} : explodeOf(part, style ?? usual)),
  };
}

function explodeOf(part: Located, style: string): Pick<Value, 'explode'> {
  const { explode } = objectOf(part.value);
  return typeof explode !== 'boolean' || explode === (style === 'form') ? {} : { explode };
}

function isScalar(schema: Record<string, unknown>): boolean {
  return parameterTypes.some((type) => type === schema['type']);
}

/** Each `{name}` of the path has its parameter, and each path parameter its place. */
function withPathParameters(
  source: OperationSource,
  parameters: readonly ParameterDefinition[],
): ParameterDefinition[] {
  const names = new Set([...source.path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''));
  const kept = parameters.filter((parameter) => {
    const isPlaced = parameter.location !== 'path' || names.has(parameter.name);
    if (!isPlaced) source.warn(`The path does not hold {${parameter.name}}; the parameter is left out.`);
    return isPlaced;
  });
  for (const name of names) {
    if (kept.some((parameter) => parameter.location === 'path' && parameter.name === name)) continue;
    source.warn(`The path parameter "${name}" is not described; it is taken as text.`);
    kept.push({ name, location: 'path', type: 'string', required: true });
  }
  return kept;
}
