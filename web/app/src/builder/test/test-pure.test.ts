import { describe, expect, it } from 'vitest';
import type { OperationDefinition } from '@patchbay/manifest';
import { fieldsOf } from '../../forms/schema/form-fields.ts';
import { validateValue } from '../../forms/schema/validate-value.ts';
import { inputSchemaOf } from './input-schema.ts';
import { matrixOf, passWords, runOrder } from './test-matrix.ts';

const operation = (change: Partial<OperationDefinition>): OperationDefinition => ({
  name: 'a',
  display_name: 'A',
  description: '',
  method: 'GET',
  path: '/',
  parameters: [],
  ...change,
});

/** The example of the seed (DI-46). */
const weather = operation({
  name: 'get_current_weather',
  parameters: [
    { name: 'q', location: 'query', type: 'string', required: true, description: 'City name' },
    { name: 'units', location: 'query', type: 'string', required: false, default: 'metric' },
  ],
});

describe('inputSchemaOf', () => {
  it('makes a field of each parameter, with its need, default and description', () => {
    const schema = inputSchemaOf(weather);
    expect(validateValue(schema, {})).toEqual({ '/q': 'This is needed.' });
    expect(validateValue(schema, { q: 'London' })).toEqual({});
    const [q, units] = fieldsOf(schema, { value: {}, pointer: '' }, { root: schema });
    expect(q).toMatchObject({ label: 'q', help: 'City name', isRequired: true });
    expect(units).toMatchObject({ placeholder: 'metric', isRequired: false });
  });

  it('takes a whole body as the field body, and finds its definitions', () => {
    const schema = inputSchemaOf(
      operation({
        method: 'POST',
        body: {
          content_type: 'application/json',
          required: true,
          schema: { $ref: '#/$defs/pet', $defs: { pet: { type: 'object', required: ['id'], properties: { id: {} } } } },
        },
      }),
    );
    expect(schema.required).toEqual(['body']);
    expect(validateValue(schema, { body: {} })).toEqual({ '/body/id': 'This is needed.' });
  });
});

describe('the matrix', () => {
  const operations = ['a', 'b', 'c', 'd'].map((name) => operation({ name, method: name === 'd' ? 'POST' : 'GET' }));
  const at = '2026-11-21T09:00:00Z';
  const rows = matrixOf(operations, [
    { operation: 'a', passed: true, current: true, at },
    { operation: 'b', passed: false, current: true, at, message: 'no' },
    { operation: 'c', passed: true, current: false, at },
    { operation: 'gone', passed: true, current: true, at },
  ]);

  it('tells passed, failed, changed since and not run apart', () => {
    expect(rows.map(({ state }) => state)).toEqual(['passed', 'failed', 'changed', 'none']);
    expect(passWords(rows)).toBe('1 of 4 pass');
  });

  it('runs what only reads first', () => {
    const { reading, changing } = runOrder(operations);
    expect(reading.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(changing.map(({ name }) => name)).toEqual(['d']);
  });
});
