import type { JsonValue } from '@patchbay/flow-model';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { childPointer, isRecord, valueAt, withValueAt } from '../../forms/schema/pointer.ts';
import { inferSchema } from '../../step-panel/infer-schema.ts';
import { placeOf, typeOfSchema, type SchemaPlace } from './schema-rows.ts';

/** A schema that an answer fits; words and needs of the schema before stay where the field stays. */
export function schemaFromAnswer(answer: unknown, before: FormSchema = {}): FormSchema {
  return withKnownWords(inferSchema(answer as JsonValue), before); // an answer of the API is JSON
}

function withKnownWords(next: FormSchema, before: FormSchema): FormSchema {
  const words = {
    ...(before.title !== undefined && { title: before.title }),
    ...(before.description !== undefined && { description: before.description }),
  };
  const properties = Object.entries(next.properties ?? {}).map(
    ([name, child]) => [name, withKnownWords(child, before.properties?.[name] ?? {})] as const,
  );
  const required = before.required?.filter((name) => next.properties?.[name] !== undefined) ?? [];
  return {
    ...next,
    ...words,
    ...(next.properties !== undefined && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
    ...(next.items !== undefined && { items: withKnownWords(next.items, before.items ?? {}) }),
  };
}

/** The place in the schema that describes the value at a JSON pointer of an answer; undefined: no schema says anything. */
export function placeOfValue(root: FormSchema, valuePointer: string): SchemaPlace | undefined {
  let at = placeOf(root, '');
  for (const segment of valuePointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    const isItem = typeOfSchema(at.schema) === 'array';
    const child = isItem
      ? childPointer(at.pointer, 'items')
      : childPointer(childPointer(at.pointer, 'properties'), name);
    if (valueAt(root, child) === undefined) return undefined;
    at = placeOf(root, child);
  }
  return at;
}

/** Makes the schema allow the value that an answer has at a pointer: its type, or a field that was not known. */
export function withValueOf(root: FormSchema, valuePointer: string, answer: unknown): FormSchema {
  const inferred = inferSchema((valueAt(answer, valuePointer) ?? null) as JsonValue);
  const known = placeOfValue(root, valuePointer);
  if (known !== undefined) return replaced(root, known.pointer, withKnownWords(inferred, known.schema));
  const cut = valuePointer.lastIndexOf('/');
  const parent = placeOfValue(root, valuePointer.slice(0, cut));
  if (parent === undefined) return root;
  const properties = childPointer(parent.pointer, 'properties');
  return replaced(root, `${properties}${valuePointer.slice(cut)}`, inferred);
}

const replaced = (root: FormSchema, pointer: string, schema: FormSchema): FormSchema =>
  withValueAt(root, pointer, schema) as FormSchema; // a schema stays one when a part of it is replaced

/** Fields of an answer that the schema does not name, by JSON pointer; a list is looked at by its first entries. */
export function unknownFields(root: FormSchema, answer: unknown): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (value: unknown, pointer: string): void => {
    const place = placeOfValue(root, pointer);
    if (place === undefined || !isRecord(value)) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.slice(0, 20).entries()) walk(item, childPointer(pointer, index));
      return;
    }
    if (typeOfSchema(place.schema) !== 'object') return;
    for (const [name, child] of Object.entries(value)) {
      const own = childPointer(pointer, name);
      if (placeOfValue(root, own) !== undefined) walk(child, own);
      else if (!seen.has(`${place.pointer} ${name}`)) {
        seen.add(`${place.pointer} ${name}`);
        found.add(own);
      }
    }
  };
  walk(answer, '');
  return [...found];
}
