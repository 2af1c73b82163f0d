import { describe, expect, it } from 'vitest';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { schemaFromAnswer, unknownFields, withValueOf } from './infer-from-answer.ts';

const before: FormSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', description: 'City' },
    main: { type: 'object', properties: { humidity: { type: 'number', description: 'In percent' } } },
    hours: { type: 'array', items: { type: 'object', properties: { at: { type: 'string' } } } },
  },
};

it('keeps words and needs of fields that stay', () => {
  expect(schemaFromAnswer({ name: 'London', main: { humidity: 'x', temp: 3 } }, before)).toEqual({
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', description: 'City' },
      main: {
        type: 'object',
        properties: { humidity: { type: 'string', description: 'In percent' }, temp: { type: 'number' } },
      },
    },
  });
});

describe('differences', () => {
  const answer = {
    name: 'London',
    main: { humidity: 'x', temp: 3 },
    hours: [{ at: 'a', b: 1 }, { b: 2 }],
    extra: { a: 1 },
  };

  it('names fields that the schema does not know, once for a list', () => {
    expect(unknownFields(before, answer)).toEqual(['/main/temp', '/hours/0/b', '/extra']);
  });

  it('are mended one at a time', () => {
    const typed = withValueOf(before, '/main/humidity', answer);
    expect(typed.properties?.['main']?.properties?.['humidity']).toEqual({ type: 'string', description: 'In percent' });
    const added = withValueOf(typed, '/hours/0/b', answer);
    expect(added.properties?.['hours']?.items?.properties?.['b']).toEqual({ type: 'number' });
    expect(unknownFields(added, answer)).toEqual(['/main/temp', '/extra']);
  });

  it('are none when nothing is fixed', () => {
    expect(unknownFields({}, answer)).toEqual([]);
  });
});
