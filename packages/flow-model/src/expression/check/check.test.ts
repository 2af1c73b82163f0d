import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../document/json.ts';
import { checkBinding, checkFields, checkFormula, checkTemplate, inferType } from './check.ts';

const scopeSchema: Record<string, JsonSchema> = {
  form: {
    type: 'object',
    properties: {
      amount: { type: 'string' },
      qty: { type: 'integer' },
      isGift: { type: 'boolean' },
      contact: { type: ['object', 'null'], properties: { mail: { type: 'string', format: 'email' } } },
      lines: { type: 'array', items: { $ref: '#/$defs/line' } },
      any: {},
    },
    $defs: {
      line: {
        type: 'object',
        properties: { sku: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/$defs/line' } } },
      },
    },
  },
  loop: {
    type: 'object',
    properties: { item: { type: 'object', properties: { sku: { type: 'string' } }, additionalProperties: false } },
  },
  open: { type: 'object' },
};
const check = (source: string, expected?: JsonSchema) =>
  checkFormula(source, { scopeSchema, label: 'Amount', ...(expected ? { expected } : {}) });

describe('dates and times', () => {
  const dates = {
    order: { type: 'object', properties: { at: { type: 'string', format: 'date-time' }, note: { type: 'string' } } },
  };
  const typeOf = (source: string) => inferType(source, dates);
  const problems = (source: string) =>
    checkFormula(source, { scopeSchema: dates, label: 'Due' }).map(({ message }) => message);

  it('gives dates for dates moved by a time, and a number for the time between two', () => {
    const date = { type: 'string', format: 'date-time' };
    for (const source of [
      'now()',
      'now() + hours(48)',
      'minutes(5) + order.at',
      'order.at - days(1)',
      'date("2026-03-01")',
    ])
      expect(typeOf(source), source).toEqual(date);
    for (const source of ['now() - order.at', 'hours(2) * 3'])
      expect(typeOf(source), source).toEqual({ type: 'number' });
    expect(typeOf('order.at + order.note')).toEqual({ type: 'string' });
    expect(typeOf('[now(), order.note]')).toEqual({ type: 'array', items: { type: 'string' } });
    for (const source of ['now() + hours(48)', 'now() - order.at > days(2)', '"until " + now()'])
      expect(problems(source), source).toEqual([]);
  });

  it('refuses what is no date, and what cannot be added to one', () => {
    expect(problems('order.note + hours(1)')).toEqual([
      expect.stringContaining('"+" cannot work on text and a number'),
    ]);
    expect(problems('hours(1) - now()')).toEqual([expect.stringContaining('A number is needed; `now()` is a date')]);
    expect(problems('now() + true')).toEqual([expect.stringContaining('"+" cannot work on a date and true or false')]);
    expect(problems('now(1)')).toHaveLength(1);
  });
});

describe('checkFormula', () => {
  it('says what is needed, what is there, and offers the conversion', () => {
    expect(check('form.amount', { type: 'number' })).toEqual([
      {
        severity: 'error',
        code: 'expression_type',
        message: 'Amount needs a number; `form.amount` is text.',
        field: '',
        column: 1,
        fix: { label: 'Convert: number(form.amount)', replacement: 'number(form.amount)' },
      },
    ]);
  });

  it.each([
    ['form.qty * 2 + 1', 'number'],
    ['form.lines.map(l, l.parts[0].sku)', 'array'],
    ['first(form.lines).sku', 'string'],
    ['form.?nope.orValue("x")', 'string'],
    ['form["nope"]', 'number'],
    ['open.whatever.deep', 'number'],
    ['form.any.x + 1', 'number'],
    ['form.isGift ? form.qty : 0', 'number'],
    ['{"a": form.qty}.a', 'number'],
    ['loop.item.sku', 'string'],
    ['has(form.nope)', 'boolean'],
    ['size(form.lines) > 0 && form.isGift', 'boolean'],
    ['cel.bind(x, form.qty, x + x)', 'number'],
  ])('%s is fine where %s is needed', (source, type) => {
    expect(check(source, { type })).toEqual([]);
  });

  it.each([
    ['form.amont', 'There is no `amont` in `form`. Did you mean `amount`?', 6],
    ['from.amount', 'There is no `from` here. Did you mean `form`?', 1],
    [
      'form.amount + form.qty',
      '"+" cannot work on text and a number. Convert one: `number(form.amount)` or `string(form.qty)`.',
      1,
    ],
    [
      'form.lines.sku',
      '`form.lines` is a list, so `sku` cannot be read from it. Take one item first, for example `form.lines[0].sku`.',
      12,
    ],
    ['form.amount * 2', 'A number is needed; `form.amount` is text. Convert it: `number(form.amount)`.', 6],
    ['upper(form.qty)', 'upper() needs text as `text`; `form.qty` is a number.', 12],
    ['form.qty && true', '`form.qty` must be true or false; it is a number.', 6],
    ['form.lines.filter(l, l.nope > 1)', 'There is no `nope` in `l`. It has: sku, parts.', 24],
    ['loop.item.?nope', 'There is no `nope` in `loop.item`. It has: sku.', 12],
    ['form.amount.orValue("x")', 'orValue() works on an optional such as `a.?b`; `form.amount` is text.', 1],
    ['uper("a")', 'There is no function `uper`. Did you mean `upper`?', 1],
    ['form.amount in form.qty', '"in" needs a list or an object; `form.qty` is a number.', 21],
    ['1 +', 'The formula cannot be read: unexpected token: the end.', 4],
  ])('%s', (source, message, column) => {
    expect(check(source)).toMatchObject([{ severity: 'error', message, column }]);
  });

  it('only warns where the formula runs but is likely a mistake', () => {
    expect(check('form.contact.mail')).toMatchObject([{ severity: 'warning', column: 14 }]);
    expect(check('form.qty == "1"')).toMatchObject([{ severity: 'warning', message: 'A number never equals text.' }]);
  });

  it('finds list items and object fields of the wrong type', () => {
    const expected: JsonSchema = { type: 'array', items: { type: 'object', properties: { sku: { type: 'number' } } } };
    expect(check('form.lines', expected)).toHaveLength(1);
    expect(check('form.lines.map(l, {"sku": 1})', expected)).toEqual([]);
  });
});

describe('checkTemplate, checkBinding, checkFields', () => {
  it('gives columns of the whole template', () => {
    expect(checkTemplate('Hi {{ form.amont }}', { scopeSchema })).toMatchObject([{ column: 12 }]);
    expect(checkTemplate('Hi {{ form', { scopeSchema })).toMatchObject([{ column: 4, code: 'expression_syntax' }]);
    expect(checkTemplate('{{ form.qty }}', { scopeSchema, expected: { type: 'number' } })).toHaveLength(1);
  });

  it('checks an input: required, unknown, literal and nested fields', () => {
    const expected: JsonSchema = {
      type: 'object',
      properties: {
        email: { type: 'string', minLength: 1 },
        unitPrice: { type: 'number', minimum: 0 },
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
      },
      required: ['email', 'unitPrice'],
      additionalProperties: false,
    };
    const fields = {
      email: { value: '' },
      lines: { list: [{ object: { sku: { formula: 'form.qty' } } }, { object: {} }] },
      extra: { value: 1 },
    };
    const problems = checkFields(fields, { scopeSchema, expected });
    expect(problems.map(({ field, message }) => [field, message])).toEqual([
      ['/unitPrice', 'Unit price is required.'],
      ['/email', 'Email must not be empty.'],
      ['/lines/0/sku', 'Sku needs text; `form.qty` is a number.'],
      ['/lines/1/sku', 'Sku is required.'],
      ['/extra', '`extra` is not a field of this operation.'],
    ]);
  });

  it('never throws, whatever stands in schema and formula', () => {
    const words = fc.array(
      fc.constantFrom(
        'form',
        '.a',
        '.?b',
        '[0]',
        ' + ',
        '(',
        ')',
        '"a"',
        '1',
        '.map(',
        'x, ',
        'x',
        '?',
        ':',
        'sum(',
        '!',
      ),
      { maxLength: 12 },
    );
    const schema = fc
      .jsonValue()
      .map((value) => ({ type: 'object', properties: { a: value, b: { type: value } } }) as JsonSchema);
    fc.assert(
      fc.property(words, schema, (parts, form) => {
        checkBinding({ formula: parts.join('') }, { scopeSchema: { form, x: form }, expected: form });
        inferType(parts.join(''), { form });
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the type of a formula as a schema', () => {
    expect(inferType('form.lines.map(l, {"n": form.qty})', scopeSchema)).toEqual({
      type: 'array',
      items: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'], additionalProperties: false },
    });
  });
});
