import { describe, expect, it } from 'vitest';
import { fieldsOf, initialValue, kindOf, labelFromName, variantsOf } from './form-fields.ts';
import type { FormSchema } from './form-schema.ts';

const fields = (schema: FormSchema, value: unknown = {}): string[] =>
  fieldsOf(schema, { value, pointer: '' }, { root: schema }).map((field) => field.name);

describe('fieldsOf', () => {
  it('keeps the order of the schema, and lets a hint change it', () => {
    const schema: FormSchema = {
      properties: { a: { type: 'string' }, b: { type: 'string', 'x-ui': { order: 1 } }, c: { type: 'string' } },
    };
    expect(fields(schema)).toEqual(['b', 'a', 'c']);
  });

  it('follows local references and allOf', () => {
    const schema: FormSchema = {
      $defs: { name: { type: 'string', title: 'Full name' } },
      allOf: [{ properties: { extra: { type: 'number' } } }],
      properties: { name: { $ref: '#/$defs/name' } },
    };
    const [name, extra] = fieldsOf(schema, { value: {}, pointer: '' }, { root: schema });
    expect(name).toMatchObject({ label: 'Full name', kind: 'text' });
    expect(extra).toMatchObject({ name: 'extra', kind: 'number' });
  });

  it('shows what if/then asks for only while the condition holds', () => {
    const schema: FormSchema = {
      properties: { kind: { enum: ['card', 'cash'] } },
      if: { properties: { kind: { const: 'card' } }, required: ['kind'] },
      then: { properties: { number: { type: 'string' } }, required: ['number'] },
    };
    expect(fields(schema, { kind: 'cash' })).toEqual(['kind']);
    expect(fields(schema, { kind: 'card' })).toEqual(['kind', 'number']);
  });

  it('makes a field required once another one is filled', () => {
    const schema: FormSchema = {
      properties: { user: { type: 'string' }, password: { type: 'string' } },
      dependentRequired: { user: ['password'] },
    };
    const required = (value: unknown): boolean | undefined =>
      fieldsOf(schema, { value, pointer: '' }, { root: schema })[1]?.isRequired;
    expect(required({})).toBe(false);
    expect(required({ user: 'ada' })).toBe(true);
  });

  it('hides a field until showIf holds, and takes hints by pointer', () => {
    const schema: FormSchema = {
      properties: {
        mode: { type: 'string' },
        limit: { type: 'integer', 'x-ui': { showIf: { field: 'mode', equals: 'some' } } },
      },
    };
    expect(fields(schema, { mode: 'all' })).toEqual(['mode']);
    const ui = { '/mode': { isAdvanced: true, widget: 'multiline' as const } };
    const [mode] = fieldsOf(schema, { value: { mode: 'some' }, pointer: '' }, { root: schema, ui });
    expect(mode).toMatchObject({ isAdvanced: true, kind: 'multiline' });
  });

  it('ends on a schema that refers to itself', () => {
    const schema: FormSchema = { properties: { next: { $ref: '#' } } };
    expect(fields(schema)).toEqual(['next']);
  });
});

describe('kindOf', () => {
  it.each([
    [{ enum: ['a'] }, 'choice'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: ['integer', 'null'] }, 'number'],
    [{ type: 'string', format: 'password' }, 'secret'],
    [{ type: 'string', maxLength: 5_000 }, 'multiline'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'key_value'],
    [{ type: 'object', properties: { a: {} } }, 'object'],
    [{ type: 'array', items: { type: 'string' } }, 'list'],
    [{ type: 'array' }, 'json'],
    [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, 'json'],
    [{ not: { type: 'string' } }, 'json'],
    [{}, 'json'],
  ])('%j is edited as %s', (schema, kind) => {
    expect(kindOf(schema as FormSchema)).toBe(kind);
  });
});

describe('variants', () => {
  const schema: FormSchema = {
    oneOf: [
      { properties: { type: { const: 'none' } } },
      { title: 'API key', required: ['key'], properties: { type: { const: 'api_key' }, key: { type: 'string' } } },
    ],
  };

  it('are named by title or constant', () => {
    expect(variantsOf(schema)?.map(({ label }) => label)).toEqual(['none', 'API key']);
  });

  it('start with their constants', () => {
    expect(initialValue(schema.oneOf?.[1] ?? {})).toEqual({ type: 'api_key' });
  });
});

it('turns names into labels', () => {
  expect(labelFromName('hold_until')).toBe('Hold until');
  expect(labelFromName('baseUrl')).toBe('Base url');
});
