import type { JsonSchemaObject, JsonValue } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { writeBody } from './write-body.ts';

function write(value: JsonValue, contentType: string, schema: JsonSchemaObject = {}) {
  const { $defs = {}, ...body } = schema;
  return writeBody({ value, contentType, field: 'body', input: { type: 'object', properties: { body }, $defs } });
}
const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString();
const file = { type: 'string', contentEncoding: 'base64' };

describe('writeBody', () => {
  it('writes JSON of every kind, also lists and plain values', async () => {
    expect(textOf(await write([1, 'a'], 'application/json'))).toBe('[1,"a"]');
    expect(await write(null, 'application/merge-patch+json')).toEqual({
      bytes: Buffer.from('null'),
      contentType: 'application/merge-patch+json',
    });
  });

  it('writes forms: lists repeated, objects in brackets', async () => {
    const body = await write(
      { a: 'x y', tag: [1, 2], card: { no: '4', ok: true }, none: null },
      'application/x-www-form-urlencoded',
    );
    expect(textOf(body)).toBe('a=x+y&tag=1&tag=2&card%5Bno%5D=4&card%5Bok%5D=true');
    expect(body.contentType).toBe('application/x-www-form-urlencoded');
    await expect(write([1], 'application/x-www-form-urlencoded')).rejects.toMatchObject({
      code: 'operation_input_invalid',
    });
  });

  it('writes multipart with files from base64, by the schema, also behind a reference', async () => {
    const schema = { $ref: '#/$defs/Upload' };
    const defs = {
      Upload: {
        type: 'object',
        properties: { photo: file, pages: { type: 'array', items: file }, title: { type: 'string' } },
      },
    };
    const value = {
      photo: Buffer.from([0, 255]).toString('base64'),
      pages: ['YQ==', 'Yg=='],
      title: 'é',
      meta: { a: 1 },
    };
    const { bytes, contentType } = await write(value, 'multipart/form-data', {
      ...schema,
      ...defs.Upload,
      $defs: defs,
    });
    const boundary = /boundary=(\S+)$/.exec(contentType)?.[1] ?? 'no boundary';
    const parts = Buffer.from(bytes)
      .toString('latin1')
      .split(`--${boundary}`)
      .map((part) => part.trim());
    const type = 'Content-Type: application/octet-stream';
    expect(parts.slice(1, -1)).toEqual([
      `Content-Disposition: form-data; name="photo"; filename="photo"\r\n${type}\r\n\r\n\0\u00ff`,
      `Content-Disposition: form-data; name="pages"; filename="pages"\r\n${type}\r\n\r\na`,
      `Content-Disposition: form-data; name="pages"; filename="pages"\r\n${type}\r\n\r\nb`,
      `Content-Disposition: form-data; name="title"\r\n\r\n${Buffer.from('é').toString('latin1')}`,
      'Content-Disposition: form-data; name="meta"\r\n\r\n{"a":1}',
    ]);
    await expect(write({ photo: 'no base64!' }, 'multipart/form-data', defs.Upload)).rejects.toMatchObject({
      code: 'operation_input_invalid',
      message: '"photo" must be given as base64.',
    });
  });

  it('writes text as it is and bytes from base64', async () => {
    expect(textOf(await write('<a/>', 'application/xml', { type: 'string' }))).toBe('<a/>');
    expect(textOf(await write('aGk=', 'application/octet-stream', file))).toBe('hi');
  });
});
