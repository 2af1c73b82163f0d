import { describe, expect, it } from 'vitest';
import { parseHookBody } from './parse-hook-body.ts';

const parse = (type: string | undefined, text: string) => parseHookBody(type, Buffer.from(text));

describe('parseHookBody', () => {
  it('reads JSON, forms, text and nothing', () => {
    expect(parse('application/json; charset=utf-8', '{"a":[1]}')).toEqual({ a: [1] });
    expect(parse('application/vnd.api+json', '1')).toBe(1);
    expect(parse(undefined, '{"a":1}')).toEqual({ a: 1 });
    expect(parse('application/x-www-form-urlencoded', 'a=1&b=x+y&b=%C3%BC')).toEqual({ a: '1', b: ['x y', 'ü'] });
    expect(parse('text/csv', 'a;b')).toBe('a;b');
    expect(parse('image/png', '')).toBeNull();
  });

  it.each([
    ['application/json', '{', 'malformed_json'],
    ['image/png', 'x', 'unsupported_media_type'],
    ['text/plain', 'a\0b', 'validation_error'],
    ['application/x-www-form-urlencoded', '__proto__=1', 'validation_error'],
  ])('refuses %s with %j', (type, text, code) => {
    expect(() => parse(type, text)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('refuses bytes that are no text', () => {
    expect(() => parseHookBody('application/json', new Uint8Array([0xff, 0xfe]))).toThrow('not valid');
  });
});
