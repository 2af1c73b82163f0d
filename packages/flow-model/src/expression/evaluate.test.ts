import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../document/json.ts';
import { evaluateFormula, renderTemplate, resolveBinding } from './evaluate.ts';

const scope = {
  trigger: { body: { name: 'Ada', qty: 3, tags: ['a', 'b'], note: null, lines: [{ sku: 'x', qty: 2 }, { sku: 'y', qty: 5 }] } }, // prettier-ignore
  loop: { item: { sku: 'x' }, index: 2 },
  import: { id: 7 },
};
const run = (source: string): unknown => evaluateFormula(source, scope);

describe('evaluateFormula', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['7 / 2', 3.5],
    ['trigger.body.qty * 2 + 1', 7],
    ['7 % 4 == 3 && !(1 > 2)', true],
    ['"Hi " + trigger.body.name', 'Hi Ada'],
    ['[1] + [2]', [1, 2]],
    ['trigger.body.lines[1].sku', 'y'],
    ['trigger.body["name"]', 'Ada'],
    ['trigger.body.?nope.deep.orValue("-")', '-'],
    ['trigger.body.?name', 'Ada'],
    ['trigger.body.?nope', null],
    ['trigger.body.lines[?9].hasValue()', false],
    ['has(trigger.body.name) && !has(trigger.body.nope)', true],
    ['trigger.body.lines.map(l, l.qty * 2)', [4, 10]],
    ['trigger.body.lines.filter(l, l.qty > 2).map(l, l.sku)', ['y']],
    ['trigger.body.lines.map(l, l.qty > 2, l.sku)', ['y']],
    ['trigger.body.lines.all(l, l.qty > 1)', true],
    ['trigger.body.lines.exists(l, l.qty > 4)', true],
    ['trigger.body.lines.exists_one(l, l.qty > 1)', false],
    ['trigger.body.lines.map(l, trigger.body.tags.map(t, l.sku + t))', [['xa', 'xb'], ['ya', 'yb']]], // prettier-ignore
    ['{"a": 1, "b": {"c": [true, null]}}', { a: 1, b: { c: [true, null] } }],
    ['"a" in trigger.body.tags', true],
    ['"name" in trigger.body', true],
    ['trigger.body.qty > 2 ? "many" : "few"', 'many'],
    ['loop.item.sku + string(loop.index)', 'x2'],
    ['import.id', 7],
    ['"loop import" + \' if\'', 'loop import if'],
    ['cel.bind(x, 4, x * x)', 16],
    ['trigger.body.name.lowerAscii().startsWith("a")', true],
    ['sum(pluck(trigger.body.lines, "qty"))', 7],
    ['false && trigger.nope', false],
    ['trigger.nope || true', true],
    ['[1, "x"].exists(v, v > 0)', true],
    ['1 == 1.0 && {"a": [1]} == {"a": [1]} && [1] != [2]', true],
    ['size("añ😀") == 3', true],
  ])('%s', (source, expected) => {
    expect(run(source)).toEqual(expected);
  });

  it.each([
    ['1 +', 'expression_syntax', 4],
    ['', 'expression_syntax', 1],
    ['b"x"', 'expression_syntax', 1],
    ['nope.x', 'expression_reference', 1],
    ['1 + uper("a")', 'expression_reference', 5],
    ['trigger.body.nme', 'expression_failed', 14],
    ['trigger.body.note.x', 'expression_failed', 19],
    ['trigger.body.lines[7]', 'expression_failed', 1],
    ['trigger.body.qty + "1"', 'expression_failed', 1],
    ['1 / 0', 'expression_failed', 1],
    ['upper(1)', 'expression_failed', 1],
    ['upper()', 'expression_syntax', 1],
    ['trigger.constructor', 'expression_failed', 9],
    ['trigger.body.tags.length', 'expression_failed', 19],
    ['loop.nope', 'expression_failed', 6],
    ['['.repeat(60), 'expression_too_costly', undefined],
    ['range(1000).map(a, range(1000).map(b, a + b))', 'expression_too_costly', undefined],
    [
      'range(1000).exists(a, range(1000).exists(b, range(1000).exists(c, nope == c)))',
      'expression_too_costly',
      undefined,
    ],
    ['repeat("abcdefgh", 100000).map(a, a)', 'expression_failed', undefined],
    ['range(100000000)', 'expression_too_costly', undefined],
  ])('%s fails with %s at its column', (source, code, column) => {
    const details = column === undefined ? {} : { details: expect.objectContaining({ column, source }) as unknown };
    expect(() => run(source)).toThrow(expect.objectContaining({ code, ...details }));
  });

  it('says what is there when a field is not', () => {
    expect(() => run('trigger.body.nme')).toThrow(
      'There is no `nme` in `trigger.body`. It has: name, qty, tags, note, lines.',
    );
  });

  it('stops a doubling chain that shares its parts before it unfolds', () => {
    let source = '[1]';
    for (let i = 0; i < 14; i++)
      source = `cel.bind(v${String(i)}, ${source}, [v${String(i)}, v${String(i)}, v${String(i)}, v${String(i)}])`;
    expect(() => run(source)).toThrow(expect.objectContaining({ code: 'expression_too_costly' }));
  });

  it('refuses to compare or write data that is nested very deeply, instead of running out of stack', () => {
    const deep = (): JsonValue => Array.from({ length: 50_000 }).reduce<JsonValue>((inner) => [inner], 1);
    for (const source of ['a == b', 'json(a)', '[a]', 'unique([a, b])', 'string(a)']) {
      expect(() => evaluateFormula(source, { a: deep(), b: deep() })).toThrow(
        expect.objectContaining({ code: 'expression_failed' }),
      );
    }
  });

  it('cannot reach or set a prototype', () => {
    expect(run('{"__proto__": {"x": 1}, "a": 1}')).toEqual({ a: 1 });
    expect(run('{"a": 1}.?toString')).toBe(null);
    expect(() => run('__proto__')).toThrow(expect.objectContaining({ code: 'expression_syntax' }));
    expect(() => run('constructor')).toThrow(expect.objectContaining({ code: 'expression_reference' }));
  });

  it('any text gives a value or an expression error', () => {
    const word = fc.constantFrom('trigger', '.body', '.lines', '[0]', ' + ', '(', ')', '"a"', '1', '.map(', 'x, ', 'x', '?', ':', ' in ', '{', '}', 'loop', '!', '.?', 'sum(', '&&', '-'); // prettier-ignore
    const source = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(word, { maxLength: 14 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(source, (text) => {
        try {
          run(text);
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^expression_/);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes a few microseconds for a small formula, and under 100 for an object of ten fields', () => {
    const measure = (rounds: number, work: () => unknown): number => {
      for (let i = 0; i < rounds; i++) work();
      const started = performance.now();
      for (let i = 0; i < rounds; i++) work();
      return ((performance.now() - started) / rounds) * 1_000;
    };
    const object = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`f${String(index)}`, { formula: 'trigger.body.lines[0].qty * 2 + 1' }]),
    );
    const small = measure(20_000, () => run('trigger.body.qty * 2 + 1 > 3'));
    const large = measure(2_000, () => resolveBinding({ object }, scope));
    // Ten times the target, so that a busy machine cannot fail it.
    expect(small).toBeLessThan(50);
    expect(large).toBeLessThan(1_000);
  });
});

describe('renderTemplate', () => {
  it('writes every kind of value as text', () => {
    const source =
      'Hi {{ trigger.body.name }}: {{ 1 + 1 }} {{trigger.body.note}}{{ trigger.body.tags }} {{ {"a": {"b": "}}"}} }}!';
    expect(renderTemplate(source, scope)).toBe('Hi Ada: 2 ["a","b"] {"a":{"b":"}}"}}!');
  });

  it('points into the template when a formula is wrong', () => {
    const source = 'Hi {{ trigger.body.nme }}';
    const failing = (text: string): unknown => renderTemplate(text, scope);
    expect(() => failing(source)).toThrow(expect.objectContaining({ details: { column: 20, source } }));
    expect(() => failing('Hi {{ uper("a") }}')).toThrow(
      expect.objectContaining({ details: { column: 7, source: 'Hi {{ uper("a") }}' } }),
    );
    expect(() => failing('Hi {{ a')).toThrow(
      expect.objectContaining({ code: 'expression_syntax', details: { column: 4, source: 'Hi {{ a' } }),
    );
  });

  it('bounds the cost of the whole text', () => {
    const source = Array.from({ length: 300 }, () => '{{ repeat("abcdefghabcdefgh", 5000) }}').join('');
    expect(() => renderTemplate(source, scope)).toThrow(expect.objectContaining({ code: 'expression_too_costly' }));
  });
});

describe('resolveBinding', () => {
  it('composes objects and lists and keeps types', () => {
    const binding = {
      object: { a: { value: 1 }, b: { list: [{ formula: 'trigger.body.qty' }, { template: 'x{{ 1 }}' }] } },
    };
    expect(resolveBinding(binding, scope)).toEqual({ a: 1, b: [3, 'x1'] });
  });

  it('names the field of a nested problem', () => {
    const binding = { object: { 'a/b': { list: [{ formula: 'nope' }] } } };
    expect(() => resolveBinding(binding, scope)).toThrow(
      expect.objectContaining({
        code: 'expression_reference',
        details: expect.objectContaining({ field: '/a~1b/0' }) as unknown,
      }),
    );
  });
});
