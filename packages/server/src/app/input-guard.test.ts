import { describe, expect, it } from 'vitest';
import { assertSafeJson, parseJsonBody } from './input-guard.ts';

const errorOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('parseJsonBody', () => {
  it('refuses 100,000 levels in a moment', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    const startedAt = performance.now();
    expect(errorOf(() => parseJsonBody(text))).toMatchObject({ code: 'validation_error' });
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('refuses prototype keys, wherever they stand', () => {
    expect(errorOf(() => parseJsonBody('{"a":[{"__proto__":{}}]}'))).toMatchObject({
      code: 'validation_error',
      details: { fields: [{ path: '/a/0/__proto__' }] },
    });
  });

  it('refuses NUL in values and keys', () => {
    expect(errorOf(() => parseJsonBody('{"a":"x\\u0000"}'))).toMatchObject({ code: 'validation_error' });
    expect(errorOf(() => parseJsonBody('{"x\\u0000":1}'))).toMatchObject({ code: 'validation_error' });
  });

  it('tells text that is not JSON', () => {
    expect(errorOf(() => parseJsonBody('{'))).toMatchObject({ code: 'malformed_json' });
  });

  it('lets ordinary data through', () => {
    const value = { a: [1, { b: 'ü😀', constructor: null }] };
    expect(parseJsonBody(JSON.stringify(value))).toEqual(value);
    assertSafeJson(undefined);
  });
});
