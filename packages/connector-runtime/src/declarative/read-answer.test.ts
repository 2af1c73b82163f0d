import type { Operation } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const operation = { name: 'op', errors: [] } as unknown as Operation;

function read(body: Buffer | string, type?: string): unknown {
  const headers = type === undefined ? {} : { 'content-type': type };
  return readAnswer(operation, { status: 200, headers, body: Buffer.from(body as string) });
}

describe('readAnswer', () => {
  it.each([
    ['nothing', '', undefined, null],
    ['JSON', '{"a":1}', 'application/hal+json; charset=utf-8', { a: 1 }],
    ['JSON without a type', '[1]', undefined, [1]],
    ['text', 'a,b', 'text/csv', 'a,b'],
    ['XML', '<a/>', 'application/xml', '<a/>'],
    ['text that says nothing of itself', 'hello', undefined, 'hello'],
  ])('reads %s', (...[, body, type, expected]) => {
    expect(read(body, type)).toEqual(expected);
  });

  it('reads other character sets, and bytes as base64', () => {
    expect(read(Buffer.from([0xe9]), 'text/plain; charset=ISO-8859-1')).toBe('é');
    expect(read(Buffer.from('é', 'utf16le'), 'text/plain; charset="utf-16"')).toBe('é');
    expect(read(Buffer.from([0, 255, 1]), 'image/png')).toBe('AP8B');
  });

  it('refuses what says to be JSON and is not', () => {
    expect(() => read('<html>', 'application/json')).toThrow(/is not/);
  });
});
