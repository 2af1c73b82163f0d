import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '../evaluate.ts';
import { newBudget } from '../runtime.ts';
import { functionTable } from './function-table.ts';

describe('function table', () => {
  it.each(functionTable.map((row) => [row.name, row] as const))('%s: the example gives the result', (_name, row) => {
    expect(evaluateFormula(row.example, {}, newBudget(Date.UTC(2026, 2, 1, 9, 30)))).toEqual(row.result);
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

  it('now() is the moment of the budget, and fails where there is none', () => {
    const budget = newBudget(Date.UTC(2026, 10, 21, 18));
    expect(evaluateFormula('[now(), now()]', {}, budget)).toEqual([
      '2026-11-21T18:00:00.000Z',
      '2026-11-21T18:00:00.000Z',
    ]);
    expect(() => evaluateFormula('now()', {})).toThrow('there is no moment here');
  });

  it('adds times to dates, takes them away, and tells the seconds between two dates', () => {
    const scope = { due: '2026-03-01', at: '2026-03-01T09:30:00+01:00', text: 'soon' };
    const value = (formula: string): unknown => evaluateFormula(formula, scope);
    expect(value('due + hours(48)')).toBe('2026-03-03T00:00:00.000Z');
    expect(value('minutes(90) + at')).toBe('2026-03-01T10:00:00.000Z');
    expect(value('at - days(1)')).toBe('2026-02-28T08:30:00.000Z');
    expect(value('at - due')).toBe(8.5 * 3_600);
    expect(value('from_unix(to_unix(at) + 60) - at')).toBe(60);
    for (const wrong of ['text + hours(1)', 'text - hours(1)', 'hours(1) - due', 'due - text', 'due + true'])
      expect(() => value(wrong), wrong).toThrow(/cannot work on/);
    expect(() => value('due + days(1e9)')).toThrow('years 0 to 9999');
  });

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
