import { isJsonObject, type BodyDefinition, type JsonSchemaObject } from '@patchbay/manifest';
import { convertSchema } from '../schema/convert-schema.ts';
import { childOf, childrenOf, objectOf, ownValue, textAt, type Located } from '../source/located.ts';
import { bestOf, concreteType, kindOf, type MediaKind } from './media-types.ts';
import type { OperationSource } from './operation-source.ts';

const maxTypeLength = 120;

/** The body of an operation in the content type we understand best; undefined if it has none. */
export function readBody(source: OperationSource): BodyDefinition | undefined {
  const part = childOf(source.operation, 'requestBody');
  if (part.value === undefined) return undefined;
  const body = source.documents.resolve(part);
  if (body === undefined) {
    source.warn('The body leads nowhere; any JSON is accepted.');
    return { content_type: 'application/json', schema: {}, required: false };
  }
  if (source.method === 'GET') {
    source.warn('The body is left out: GET carries none.');
    return undefined;
  }
  const content = childOf(body, 'content');
  const type = bestOf(Object.keys(objectOf(content.value)).filter((name) => name.length <= maxTypeLength));
  if (type === undefined) return undefined;
  return {
    content_type: concreteType(type),
    schema: bodySchema(source, childOf(content, type), kindOf(type)),
    required: objectOf(body.value)['required'] === true,
  };
}

function bodySchema(source: OperationSource, media: Located, kind: MediaKind): JsonSchemaObject {
  if (kind === 'text') return { type: 'string', ...descriptionOf(media) };
  if (kind === 'binary') {
    source.warn('The body is given as base64.');
    return base64Schema(descriptionOf(media));
  }
  const part = childOf(media, 'schema');
  const schema =
    part.value === undefined
      ? {}
      : convertSchema(source.documents, part, {
          direction: 'request',
          maxBytes: source.schemaBytes,
          warn: source.warn,
        });
  if (kind === 'json') return schema;
  warnOfEncoding(source, media);
  return kind === 'multipart' ? withFiles(source, { schema, part, media }) : schema;
}

function descriptionOf(media: Located): { description?: string } {
  const description = textAt(childOf(media, 'schema'), 'description');
  return description === undefined ? {} : { description: description.slice(0, 1_000) };
}

function base64Schema(extra: { description?: string }): JsonSchemaObject {
  return { type: 'string', contentEncoding: 'base64', ...extra };
}

/** Fields that hold a file are given as base64 and sent as a file of the field's name. */
function withFiles(
  source: OperationSource,
  { schema, part, media }: { schema: JsonSchemaObject; part: Located; media: Located },
): JsonSchemaObject {
  const properties = objectOf(schema['properties']);
  const original = source.documents.resolve(part);
  const files = Object.keys(properties).filter((name) => {
    const property = original && source.documents.resolve(childOf(childOf(original, 'properties'), name));
    return isFile(property?.value) || isFile(ownValue(property?.value, 'items')) || hasFileEncoding(media, name);
  });
  if (files.length === 0) return schema;
  source.warn(`Files are given as base64: ${files.join(', ').slice(0, 200)}.`);
  const filled = files.map((name) => [name, fileSchema(properties[name])]);
  return { ...schema, properties: { ...properties, ...(Object.fromEntries(filled) as object) } };
}

function fileSchema(property: unknown): JsonSchemaObject {
  const { type, items: _items, format: _format, description } = objectOf(property);
  const file = base64Schema(typeof description === 'string' ? { description } : {});
  return type === 'array' ? { type: 'array', items: file } : file;
}

/** OpenAPI 3.0 says `format: binary`, 3.1 a media type that is no text or no schema at all. */
function isFile(schema: unknown): boolean {
  const { type, format, contentMediaType, contentEncoding } = objectOf(schema);
  if (format === 'binary' || type === 'file') return true;
  return typeof contentMediaType === 'string' && contentEncoding === undefined && kindOf(contentMediaType) === 'binary';
}

function hasFileEncoding(media: Located, name: string): boolean {
  const type = textAt(childOf(childOf(media, 'encoding'), name), 'contentType');
  return type !== undefined && kindOf(type.split(',', 1)[0] ?? '') === 'binary';
}

/** Lists are repeated and objects written with brackets; another way of writing them is named. */
function warnOfEncoding(source: OperationSource, media: Located): void {
  for (const [name, encoding] of childrenOf(childOf(media, 'encoding'))) {
    const { style = 'form', explode, headers } = objectOf(encoding.value);
    const isUsual = (style === 'form' || style === 'deepObject') && explode !== false;
    if (!isUsual) source.warn(`The field "${name}" is written in the usual way, not in the style ${String(style)}.`);
    if (isJsonObject(headers)) source.warn(`Headers of the field "${name}" are not sent.`);
  }
}
