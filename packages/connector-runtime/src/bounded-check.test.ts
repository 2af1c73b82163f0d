import type { JsonSchemaObject, JsonValue } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { AppError } from '@patchbay/errors';
import { findProblemsInTime } from './bounded-check.ts';
import { checkInput, findInputProblems } from './input-check.ts';

describe('findProblemsInTime', () => {
  it('finds what does not fit', () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' } } };
    expect(findProblemsInTime(schema, { a: 1 })).toEqual([]);
    expect(findProblemsInTime(schema, { a: 'x' })).toMatchObject([{ path: '/a' }]);
  });

  it('ends a check of variants inside variants, and one of a pattern that explodes', () => {
    const variant = { type: 'object', properties: { in: { $ref: '#' } } };
    const nested: JsonSchemaObject = { anyOf: Array.from({ length: 12 }, () => variant) };
    let value: JsonValue = 1;
    for (let depth = 0; depth < 12; depth += 1) value = { in: value };
    const startedAt = performance.now();
    expect(findProblemsInTime(nested, value, 200)).toMatchObject([
      { path: '', message: expect.stringContaining('200 ms') as unknown },
    ]);
    const pattern = { type: 'string', pattern: '^(a+)+$' };
    expect(findProblemsInTime(pattern, `${'a'.repeat(40)}!`, 200)).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('ends the check of an input as well, of a call and of a test', () => {
    const schema: JsonSchemaObject = { type: 'object', properties: { q: { type: 'string', pattern: '^(a+)+$' } } };
    const input = { q: `${'a'.repeat(40)}!` };
    const startedAt = performance.now();
    expect(findInputProblems(schema, input)).toMatchObject([
      { message: expect.stringContaining('too complex') as unknown },
    ]);
    expect(() => checkInput(schema, input)).toThrow(AppError);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    // The next check is not touched by the one that was ended.
    expect(findInputProblems(schema, { q: 'aa' })).toEqual([]);
  });

  it('passes on what the check itself throws', () => {
    expect(() =>
      findProblemsInTime({ type: 'object', properties: { a: { $ref: '#/$defs/none' } } }, { a: 1 }),
    ).toThrow();
  });
});
