import { typesOf, type FieldHint, type FormSchema } from './form-schema.ts';
import { childPointer, isRecord, textOf } from './pointer.ts';
import { resolveSchema } from './resolve-schema.ts';

/** How a field is edited. `json` is the way out for what the form does not understand: never an empty form. */
export type FieldKind =
  | 'text'
  | 'multiline'
  | 'code'
  | 'secret'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'object'
  | 'list'
  | 'variants'
  | 'key_value'
  | 'duration'
  | 'json';

/** One field of a form, ready to be drawn. */
export interface FormField {
  readonly name: string;
  /** JSON pointer into the value of the whole form. */
  readonly pointer: string;
  readonly schema: FormSchema;
  readonly kind: FieldKind;
  readonly label: string;
  readonly help: string | undefined;
  readonly placeholder: string;
  readonly isRequired: boolean;
  readonly isAdvanced: boolean;
  readonly value: unknown;
}

/** A value, and where it stands in the value of the whole form. */
export interface FieldPlace {
  readonly value: unknown;
  readonly pointer: string;
}

/** What {@link fieldsOf} looks at. */
export interface FieldsContext {
  /** Schema that local references point into. */
  readonly root: FormSchema;
  /** Hints by JSON pointer of the field. */
  readonly ui?: Readonly<Record<string, FieldHint>>;
}

/** The fields of an object schema for a value, in the order they are shown; a hidden one (`showIf`) is left out. */
export function fieldsOf(schema: FormSchema, at: FieldPlace, context: FieldsContext): FormField[] {
  const { value, pointer } = at;
  const resolved = resolveSchema(schema, value, context.root);
  const record = isRecord(value) ? value : {};
  const fields = Object.entries(resolved.properties ?? {}).flatMap(([name, property], position) => {
    const child = childPointer(pointer, name);
    const childSchema = resolveSchema(property, record[name], context.root);
    const hint: FieldHint = { ...childSchema['x-ui'], ...context.ui?.[child] };
    const { showIf } = hint;
    if (showIf !== undefined && record[showIf.field] !== showIf.equals) return [];
    const isRequired = resolved.required?.includes(name) ?? false;
    const field = describeField({ name, pointer: child, schema: childSchema, hint, isRequired, value: record[name] });
    return [{ field, order: hint.order ?? position + 1_000 }];
  });
  return fields.sort((a, b) => a.order - b.order).map(({ field }) => field);
}

/** The field of one value that is not a property, such as a row of a list. */
export function fieldOf(
  label: string,
  at: FieldPlace & { readonly schema: FormSchema },
  context: FieldsContext,
): FormField {
  const resolved = resolveSchema(at.schema, at.value, context.root);
  return describeField({
    name: label,
    pointer: at.pointer,
    schema: { ...resolved, title: label },
    hint: resolved['x-ui'] ?? {},
    isRequired: true,
    value: at.value,
  });
}

function describeField(field: {
  readonly name: string;
  readonly pointer: string;
  readonly schema: FormSchema;
  readonly hint: FieldHint;
  readonly isRequired: boolean;
  readonly value: unknown;
}): FormField {
  const { name, pointer, schema, hint, isRequired, value } = field;
  const example = schema.default ?? schema.examples?.[0];
  return {
    name,
    pointer,
    schema,
    kind: kindOf(schema, hint),
    label: schema.title ?? labelFromName(name),
    help: hint.help ?? schema.description,
    placeholder: hint.placeholder ?? (isRecord(example) ? '' : textOf(example)),
    isRequired,
    isAdvanced: hint.isAdvanced ?? false,
    value,
  };
}

/** Chooses the widget: the hint first, then the shape of the schema. */
export function kindOf(schema: FormSchema, hint: FieldHint = {}): FieldKind {
  if (hint.widget !== undefined) return hint.widget;
  if (schema.enum !== undefined) return 'choice';
  if (schema.oneOf !== undefined) return variantsOf(schema) === undefined ? 'json' : 'variants';
  const types = typesOf(schema);
  const kind = types.length === 1 ? kindsByType[types[0] ?? ''] : undefined;
  return kind?.(schema) ?? 'json';
}

const kindsByType: Readonly<Record<string, (schema: FormSchema) => FieldKind>> = {
  object: kindOfObject,
  array: (schema) => (schema.items === undefined ? 'json' : 'list'),
  boolean: () => 'boolean',
  number: () => 'number',
  integer: () => 'number',
  string: kindOfText,
};

function kindOfObject(schema: FormSchema): FieldKind {
  if (Object.keys(schema.properties ?? {}).length > 0) return 'object';
  const values = schema.additionalProperties;
  return typeof values === 'object' && typesOf(values)[0] === 'string' ? 'key_value' : 'json';
}

function kindOfText(schema: FormSchema): FieldKind {
  if (schema.format === 'password') return 'secret';
  return (schema.maxLength ?? 0) > 1_000 ? 'multiline' : 'text';
}

/** One of several shapes, told apart by a constant property, by a title, or all constants. */
export interface Variant {
  readonly label: string;
  readonly schema: FormSchema;
}

/** The variants of a `oneOf`; undefined when they cannot be told apart. */
export function variantsOf(schema: FormSchema): readonly Variant[] | undefined {
  const variants = (schema.oneOf ?? []).map((variant): Variant | undefined => {
    const constant = Object.values(variant.properties ?? {}).find((property) => property.const !== undefined)?.const;
    const label = variant.title ?? constant ?? variant.const;
    return label === undefined ? undefined : { label: textOf(label), schema: variant };
  });
  return variants.every((variant) => variant !== undefined) ? variants : undefined;
}

/** A value to start with: constants and defaults of required properties. */
export function initialValue(schema: FormSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.properties === undefined) return typesOf(schema)[0] === 'array' ? [] : undefined;
  const entries = Object.entries(schema.properties).flatMap(([name, property]) => {
    const value = initialValue(property);
    const isNeeded = property.const !== undefined || schema.required?.includes(name);
    return isNeeded && value !== undefined ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** "hold_until" and "holdUntil" read "Hold until". */
export function labelFromName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
