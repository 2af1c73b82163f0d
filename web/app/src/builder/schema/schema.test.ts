import { describe, expect, it } from 'vitest';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { checkSchema } from './check-schema.ts';
import {
  withDescription,
  withItemType,
  withName,
  withNewField,
  withRequired,
  withType,
  withoutField,
} from './schema-edits.ts';
import { rowsOf } from './schema-rows.ts';

/** The schema of the seed (DI-47), lines 154 to 166, with a list. */
const weather: FormSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'City name' },
    main: {
      type: 'object',
      properties: { temp: { type: 'number', description: 'Temperature' }, humidity: { type: 'number' } },
      required: ['temp'],
    },
    hours: { type: 'array', items: { type: 'object', properties: { at: { type: 'string', format: 'date-time' } } } },
  },
};
const all = { toggled: new Set<string>(), openLevels: 9 };
const paths = (schema: FormSchema): string[] => rowsOf(schema, all).map(({ path }) => path);

describe('rowsOf', () => {
  it('lists fields as mappings name them, with type and need', () => {
    expect(paths(weather)).toEqual(['name', 'main', 'main.temp', 'main.humidity', 'hours[]', 'hours[].at']);
    const [, , temp] = rowsOf(weather, all);
    expect(temp).toMatchObject({ type: 'number', isRequired: true, pointer: '/properties/main/properties/temp' });
    expect(rowsOf(weather, all).at(-1)).toMatchObject({ type: 'date-time', depth: 1 });
  });

  it('folds', () => {
    expect(rowsOf(weather, { toggled: new Set(['/main']), openLevels: 9 }).map(({ path }) => path)).not.toContain(
      'main.temp',
    );
    expect(rowsOf(weather, { toggled: new Set(), openLevels: 0 })).toHaveLength(3);
  });

  it('lists the entries of a list at the top', () => {
    expect(paths({ type: 'array', items: { type: 'object', properties: { id: {} } } })).toEqual(['[].id']);
  });

  it('follows references to where the edit belongs, and ends on a circle', () => {
    const schema: FormSchema = {
      $defs: { pet: { type: 'object', properties: { id: { type: 'string' }, mother: { $ref: '#/$defs/pet' } } } },
      type: 'object',
      properties: { pet: { $ref: '#/$defs/pet' } },
    };
    const rows = rowsOf(schema, { toggled: new Set(), openLevels: 2 });
    expect(rows.map(({ path }) => path)).toEqual(['pet', 'pet.id', 'pet.mother', 'pet.mother.id', 'pet.mother.mother']);
    expect(rows[1]?.pointer).toBe('/$defs/pet/properties/id');
    expect(rowsOf(schema, all).length).toBeLessThan(60);
    const loop: FormSchema = { properties: { a: { $ref: '#/properties/a' } } };
    expect(paths(loop)).toEqual(['a']);
  });
});

describe('edits', () => {
  it('rename in place and keep what is required', () => {
    const schema = withName(weather, '/properties/main', { from: 'temp', to: 'celsius' });
    expect(Object.keys(schema.properties?.['main']?.properties ?? {})).toEqual(['celsius', 'humidity']);
    expect(schema.properties?.['main']?.required).toEqual(['celsius']);
    expect(withName(weather, '', { from: 'name', to: 'main' })).toBe(weather);
  });

  it('change the type and keep the description and unknown keywords', () => {
    const schema = withType({ ...weather, 'x-ui': { order: 1 } }, '/properties/name', 'array');
    expect(schema.properties?.['name']).toEqual({
      type: 'array',
      items: { type: 'string' },
      description: 'City name',
    });
    expect(schema['x-ui']).toEqual({ order: 1 });
    expect(withItemType(schema, '/properties/name', 'number').properties?.['name']?.items).toEqual({ type: 'number' });
  });

  it('add, describe, need and remove', () => {
    const { schema, name } = withNewField(weather, '/properties/hours');
    expect(paths(schema)).toContain(`hours[].${name}`);
    const needed = withRequired(schema, '/properties/hours/items', { name, isRequired: true });
    const described = withDescription(needed, `/properties/hours/items/properties/${name}`, 'New');
    expect(rowsOf(described, all).at(-1)).toMatchObject({ isRequired: true, schema: { description: 'New' } });
    const gone = withoutField(described, '/properties/hours/items', name);
    expect(gone).toEqual(weather);
  });

  it('make an object of a value that gets a field', () => {
    expect(paths(withNewField({}, '').schema)).toEqual(['field_1']);
    expect(paths(withNewField(weather, '/properties/name').schema)).toContain('name.field_1');
  });
});

describe('checkSchema', () => {
  it('accepts the seed', () => {
    expect(checkSchema(weather)).toEqual([]);
  });

  it.each([
    [{ type: 'text' }, '', /no type "text"/],
    [{ properties: { a: { required: 'a' } } }, '/properties/a', /list of names/],
    [{ properties: [] }, '', /for each name/],
    [{ items: { $ref: '#/$defs/x' } }, '/items', /leads nowhere/],
    [{ anyOf: [3] }, '/anyOf/0', /is an object/],
    [[], '', /is an object/],
  ])('%j: at "%s"', (schema, pointer, message) => {
    expect(checkSchema(schema)[0]).toMatchObject({ pointer, message: expect.stringMatching(message) });
  });
});
