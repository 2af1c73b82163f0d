import { AppError } from '@patchbay/errors';
import { isJsonObject, readPointer, type JsonSchemaObject, type JsonValue } from '@patchbay/manifest';
import { isNested, toFormPairs, toText } from './write-parameter.ts';

/** Bytes and what they are. */
export interface WrittenBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A value to be sent as the whole body. */
export interface BodySource {
  readonly value: JsonValue;
  readonly contentType: string;
  /** Schema of the input; tells which texts are base64. */
  readonly input: JsonSchemaObject;
  /** Field of the input that holds the body. */
  readonly field: string;
}

/**
 * Writes a body in its content type: JSON, form, multipart, text, or bytes from base64. Throws `operation_input_invalid` for a value that
 * the type cannot hold.
 */
export async function writeBody(source: BodySource): Promise<WrittenBody> {
  const { value, contentType } = source;
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return { bytes: Buffer.from(toForm(value)), contentType };
  if (type === 'multipart/form-data') return writeMultipart(source);
  if (/[/+]json$/.test(type)) return { bytes: Buffer.from(JSON.stringify(value)), contentType };
  const schema = schemaAt(source, `/properties/${source.field}`);
  const bytes = isBase64(schema) ? fromBase64(value, source.field) : Buffer.from(toText(value));
  return { bytes, contentType };
}

/** Lists of plain values are repeated (`tag=a&tag=b`), what is nested deeper is written with brackets. */
function toForm(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value)) throw invalid('A form needs an object.');
  const pairs = Object.entries(value as Record<string, JsonValue>).flatMap(([name, field]): [string, string][] =>
    Array.isArray(field) && !field.some(isNested)
      ? field.filter((item) => item !== null).map((item): [string, string] => [name, toText(item)])
      : toFormPairs(name, field).map(([path, text]) => [path, text]),
  );
  return new URLSearchParams(pairs).toString();
}

async function writeMultipart(source: BodySource): Promise<WrittenBody> {
  const { value, field } = source;
  if (!isJsonObject(value)) throw invalid('A multipart body needs an object.');
  const form = new FormData();
  for (const [name, part] of Object.entries(value as Record<string, JsonValue>)) {
    const schema = schemaAt(source, `/properties/${field}/properties/${escapeKey(name)}`);
    const isList = Array.isArray(part);
    const isFile = isBase64(isList ? schema['items'] : schema);
    for (const item of isList ? part : [part]) {
      if (item === null) continue;
      if (isFile) form.append(name, new Blob([fromBase64(item, name)]), name);
      else form.append(name, toText(item));
    }
  }
  const response = new Response(form);
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    contentType: response.headers.get('content-type') ?? '',
  };
}

function schemaAt({ input }: BodySource, pointer: string): Record<string, unknown> {
  const found = readPointer(input as JsonValue, pointer);
  if (!isJsonObject(found)) return {};
  const reference = found['$ref'];
  const target = typeof reference === 'string' ? readPointer(input as JsonValue, reference.slice(1)) : found;
  return isJsonObject(target) ? target : {};
}

function isBase64(schema: unknown): boolean {
  return isJsonObject(schema) && schema['contentEncoding'] === 'base64';
}

function fromBase64(value: JsonValue, name: string): Uint8Array<ArrayBuffer> {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) {
    throw invalid(`"${name}" must be given as base64.`);
  }
  return new Uint8Array(Buffer.from(value, 'base64'));
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function invalid(message: string): AppError {
  return new AppError('operation_input_invalid', { message, details: { wasSent: false } });
}
