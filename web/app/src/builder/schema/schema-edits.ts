import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { childPointer, isRecord, valueAt, withValueAt } from '../../forms/schema/pointer.ts';
import { fieldsPlace, placeOf, typeOfSchema, type SchemaType } from './schema-rows.ts';

/** Every edit gives a new schema and leaves the rest of it as it was, also keywords that no form knows. */
type Edited = FormSchema;

const schemaAt = (root: FormSchema, pointer: string): FormSchema => {
  const found = valueAt(root, pointer);
  return isRecord(found) ? found : {}; // any other value says nothing
};

const withSchemaAt = (root: FormSchema, pointer: string, schema: FormSchema): Edited =>
  withValueAt(root, pointer, schema) as FormSchema; // a schema stays one when a part of it is replaced

/** Keywords that only make sense for the type that is left. */
const typeKeywords = ['type', 'format', 'properties', 'required', 'items', 'additionalProperties', 'enum', 'const'];

/** A schema that only has a type. */
export function blankSchema(type: SchemaType): FormSchema {
  if (type === 'any') return {};
  if (type === 'date-time') return { type: 'string', format: 'date-time' };
  if (type === 'object') return { type: 'object', properties: {} };
  return type === 'array' ? { type: 'array', items: { type: 'string' } } : { type };
}

/** Gives a place another type; title and description stay. */
export function withType(root: FormSchema, pointer: string, type: SchemaType): Edited {
  const before = schemaAt(root, pointer);
  if (typeOfSchema(before) === type) return root;
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !typeKeywords.includes(name)));
  return withSchemaAt(root, pointer, { ...blankSchema(type), ...kept });
}

/** Gives the entries of a list another type. */
export function withItemType(root: FormSchema, pointer: string, type: SchemaType): Edited {
  const list = schemaAt(root, pointer);
  if (list.items === undefined) return withSchemaAt(root, pointer, { ...list, items: blankSchema(type) });
  return withType(root, placeOf(root, childPointer(pointer, 'items')).pointer, type);
}

/** Describes a place; empty text takes the description away. */
export function withDescription(root: FormSchema, pointer: string, text: string): Edited {
  const { description: _before, ...rest } = schemaAt(root, pointer);
  return withSchemaAt(root, pointer, text.trim() === '' ? rest : { ...rest, description: text });
}

/** Makes a field of an object needed or not. */
export function withRequired(root: FormSchema, parent: string, field: { name: string; isRequired: boolean }): Edited {
  const { required = [], ...rest } = schemaAt(root, parent);
  const others = required.filter((name) => name !== field.name);
  const names = field.isRequired ? [...others, field.name] : others;
  return withSchemaAt(root, parent, names.length === 0 ? rest : { ...rest, required: names });
}

/** Renames a field in its place; a name that is taken or empty changes nothing. */
export function withName(root: FormSchema, parent: string, change: { from: string; to: string }): Edited {
  const object = schemaAt(root, parent);
  const { from, to } = change;
  const properties = object.properties ?? {};
  if (to === '' || to === from || Object.hasOwn(properties, to)) return root;
  const renamed = Object.entries(properties).map(([name, schema]) => [name === from ? to : name, schema] as const);
  const required = object.required?.map((name) => (name === from ? to : name));
  const next = { ...object, properties: Object.fromEntries(renamed), ...(required && { required }) };
  return withSchemaAt(root, parent, next);
}

/** Takes a field away. */
export function withoutField(root: FormSchema, parent: string, name: string): Edited {
  const { [name]: _removed, ...properties } = schemaAt(root, parent).properties ?? {};
  const unneeded = withRequired(root, parent, { name, isRequired: false });
  return withSchemaAt(unneeded, parent, { ...schemaAt(unneeded, parent), properties });
}

/** Adds a text field with a free name to the object at a place, or to the entries of the list there. */
export function withNewField(root: FormSchema, pointer: string): { readonly schema: Edited; readonly name: string } {
  const base = fieldsPlace(root, placeOf(root, pointer)) === undefined ? withType(root, pointer, 'object') : root;
  const at = fieldsPlace(base, placeOf(base, pointer))?.pointer ?? pointer;
  const object = schemaAt(base, at);
  const properties = object.properties ?? {};
  let number = 1;
  while (Object.hasOwn(properties, `field_${number}`)) number += 1;
  const name = `field_${number}`;
  const schema = withSchemaAt(base, at, { ...object, properties: { ...properties, [name]: { type: 'string' } } });
  return { schema, name };
}
