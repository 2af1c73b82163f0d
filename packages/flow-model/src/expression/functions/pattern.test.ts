import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '../evaluate.ts';

const matches = (text: string, pattern: string): unknown => evaluateFormula('matches(t, p)', { t: text, p: pattern });

describe('matches', () => {
  const patterns = ['^a+b?$', 'a|bc|', '[^a-c]x', '\\d{2,3}-\\w+', '(?:ab)*c', '\\bfoo\\b', '^[\\w.+-]+@\\w+\\.\\w{2,}$', '[\\s,;]+', 'é', '.$', 'a{0}b', '[]-]']; // prettier-ignore
  const texts = [
    '',
    'a',
    'aab',
    'bc',
    'dx',
    'ax',
    '12-abc',
    '123-x',
    'ababc',
    'a foo b',
    'afoo',
    'ada@example.org',
    'x, y',
    'é',
    '\n',
    'b',
    ']',
    '-',
  ];
  it.each(patterns)('agrees with the engine of the platform on %s', (pattern) => {
    for (const text of texts) {
      expect([pattern, text, matches(text, pattern)]).toEqual([
        pattern,
        text,
        new RegExp(pattern, 's'.slice(1)).test(text),
      ]);
    }
  });

  it('answers at once on a pattern that hangs backtracking engines', () => {
    const started = performance.now();
    expect(matches(`${'a'.repeat(2_000)}!`, '^(a+)+$')).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('stops by cost instead of working on and on', () => {
    expect(() => matches('a'.repeat(100_000), '(a?){100}b')).toThrow(
      expect.objectContaining({ code: 'expression_too_costly' }),
    );
  });

  it.each(['(?=a)', '(?<n>a)', '\\1', '(', 'a)', '[z-a]', '*', 'a{500}', '\\'])('refuses %s in words', (pattern) => {
    expect(() => matches('a', pattern)).toThrow(/^matches\(\): `pattern` /);
  });
});
