import { typesOf, type FormSchema } from '../../forms/schema/form-schema.ts';
import { childPointer, isRecord, valueAt } from '../../forms/schema/pointer.ts';

/** Types a person chooses from; `any` leaves the value open. */
export const schemaTypes = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Whole number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'date-time', label: 'Date and time' },
  { value: 'object', label: 'Object' },
  { value: 'array', label: 'List' },
  { value: 'any', label: 'Anything' },
] as const;
export type SchemaType = (typeof schemaTypes)[number]['value'];

/** One line of the tree. Pointers are JSON pointers into the schema, where an edit goes: through a reference to its target. */
export interface SchemaRow {
  /** Where the line stands in the tree; unlike `pointer` it is unique when a definition is used twice. */
  readonly id: string;
  readonly pointer: string;
  /** The object schema that holds the field. */
  readonly parent: string;
  readonly name: string;
  /** Full name as a mapping would say it, for example `items[].id`. */
  readonly path: string;
  readonly depth: number;
  readonly schema: FormSchema;
  readonly type: SchemaType;
  /** Type of the entries of a list. */
  readonly itemType?: SchemaType;
  readonly isRequired: boolean;
  /** Object schema whose fields stand below: the field itself, or the entries of a list. */
  readonly fieldsAt?: string;
  readonly fieldCount: number;
  readonly isOpen: boolean;
}

/** A schema and where it was found. */
export interface SchemaPlace {
  readonly pointer: string;
  readonly schema: FormSchema;
}

const deepest = 12;

/** Follows local references; stops at a circle. */
export function placeOf(root: FormSchema, pointer: string): SchemaPlace {
  let at = pointer;
  const seen = new Set<string>();
  for (;;) {
    const found = valueAt(root, at);
    const schema = isRecord(found) ? (found as FormSchema) : {}; // any other value says nothing
    if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#') || seen.has(at)) return { pointer: at, schema };
    seen.add(at);
    at = schema.$ref.slice(1);
  }
}

/** The type as the choice shows it. */
export function typeOfSchema(schema: FormSchema): SchemaType {
  const types = typesOf(schema);
  const [type] = types;
  if (types.length !== 1 || type === undefined) {
    if (schema.properties !== undefined) return 'object';
    return schema.items === undefined ? 'any' : 'array';
  }
  if (type === 'string' && schema.format === 'date-time') return 'date-time';
  return schemaTypes.find(({ value }) => value === type)?.value ?? 'any';
}

/** Object schema below a place: itself, or the entries of its list; undefined for a plain value. */
export function fieldsPlace(root: FormSchema, place: SchemaPlace): SchemaPlace | undefined {
  let at = place;
  for (let level = 0; level < 3 && typeOfSchema(at.schema) === 'array'; level++) {
    if (at.schema.items === undefined) return undefined;
    at = placeOf(root, childPointer(at.pointer, 'items'));
  }
  return typeOfSchema(at.schema) === 'object' ? at : undefined;
}

/** What decides which lines are shown. */
export interface RowsOptions {
  /** Ids of the lines that are not as they are at first. */
  readonly toggled: ReadonlySet<string>;
  /** Levels that are open at first. */
  readonly openLevels: number;
}

/** The lines of a schema, flattened; fields of folded lines are left out. */
export function rowsOf(root: FormSchema, options: RowsOptions): SchemaRow[] {
  const rows: SchemaRow[] = [];
  const walk = (object: SchemaPlace, at: { depth: number; path: string; id: string }): void => {
    const { properties = {}, required = [] } = object.schema;
    for (const name of Object.keys(properties)) {
      const place = placeOf(root, childPointer(childPointer(object.pointer, 'properties'), name));
      const fields = fieldsPlace(root, place);
      const id = childPointer(at.id, name);
      const isOpen = at.depth < options.openLevels !== options.toggled.has(id) && at.depth < deepest;
      const row = rowOf({ name, place, fields, root });
      const path = `${at.path}${name}${row.type === 'array' ? '[]' : ''}`;
      rows.push({
        ...row,
        id,
        parent: object.pointer,
        path,
        depth: at.depth,
        isOpen,
        isRequired: required.includes(name),
      });
      if (fields !== undefined && isOpen) walk(fields, { depth: at.depth + 1, path: `${path}.`, id });
    }
  };
  const top = fieldsPlace(root, placeOf(root, ''));
  if (top !== undefined) walk(top, { depth: 0, path: typeOfSchema(root) === 'array' ? '[].' : '', id: '' });
  return rows;
}

function rowOf(found: {
  readonly name: string;
  readonly place: SchemaPlace;
  readonly fields: SchemaPlace | undefined;
  readonly root: FormSchema;
}): Pick<SchemaRow, 'name' | 'pointer' | 'schema' | 'type' | 'itemType' | 'fieldsAt' | 'fieldCount'> {
  const { name, place, fields, root } = found;
  const type = typeOfSchema(place.schema);
  const hasItems = type === 'array' && place.schema.items !== undefined;
  return {
    name,
    pointer: place.pointer,
    schema: place.schema,
    type,
    fieldCount: Object.keys(fields?.schema.properties ?? {}).length,
    ...(type === 'array' && {
      itemType: hasItems ? typeOfSchema(placeOf(root, childPointer(place.pointer, 'items')).schema) : 'any',
    }),
    ...(fields !== undefined && { fieldsAt: fields.pointer }),
  };
}
