import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '../evaluate.ts';
import { functionTable } from './function-table.ts';

describe('function table', () => {
  it.each(functionTable.map((row) => [row.name, row] as const))('%s: the example gives the result', (_name, row) => {
    expect(evaluateFormula(row.example, {})).toEqual(row.result);
  });

  it('has about 60 functions with unique names and a full sentence each', () => {
    expect(functionTable.length).toBeGreaterThanOrEqual(60);
    expect(new Set(functionTable.map((row) => row.name)).size).toBe(functionTable.length);
    for (const row of functionTable) expect(row.doc).toMatch(/^[A-Z].*\.$/);
  });

  it.each(functionTable.map((row) => row.name))(
    '%s: junk arguments give an expression error, never a crash',
    (name) => {
      const row = functionTable.find((candidate) => candidate.name === name);
      const least = row?.parameters.filter((parameter) => !parameter.isOptional).length ?? 0;
      const args = fc.array(fc.jsonValue(), {
        minLength: least,
        maxLength: Math.max(least, row?.parameters.length ?? 0),
      });
      fc.assert(
        fc.property(args, (values) => {
          // fc.jsonValue gives exactly JSON; its type is wider in name only.
          const scope = Object.fromEntries(values.map((value, index) => [`v${String(index)}`, value as never]));
          try {
            evaluateFormula(`${name}(${Object.keys(scope).join(', ')})`, scope);
          } catch (error) {
            expect((error as { code?: string }).code).toMatch(/^expression_(failed|too_costly)$/);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('sha256 agrees with the platform', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
        expect(evaluateFormula('sha256(t)', { t: text })).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
    );
  });

  it('base64 agrees with the platform and reads itself back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(evaluateFormula('base64(t)', { t: text })).toBe(Buffer.from(text, 'utf8').toString('base64'));
        expect(evaluateFormula('parse_base64(base64(t))', { t: text })).toBe(text);
      }),
    );
  });
});
