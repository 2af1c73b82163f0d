import { Validator, type Schema } from '@cfworker/json-schema';
import type { FormSchema } from './form-schema.ts';
import { isRecord, valueAt } from './pointer.ts';

const maxDepth = 8;

/** The schema that counts for this value: local references, `allOf`, `if`/`then`/`else` and `dependentRequired` are worked in. */
export function resolveSchema(schema: FormSchema, value: unknown, root: FormSchema = schema): FormSchema {
  return resolveAt(schema, { value, root, depth: 0 });
}

/** Where the resolving stands; the depth ends a schema that refers to itself. */
interface Resolving {
  readonly value: unknown;
  readonly root: FormSchema;
  readonly depth: number;
}

function resolveAt(schema: FormSchema, at: Resolving): FormSchema {
  const { value, root, depth } = at;
  if (depth > maxDepth) return schema;
  const again = (part: FormSchema): FormSchema => resolveAt(part, { ...at, depth: depth + 1 });
  let resolved = schema;
  if (schema.$ref !== undefined) {
    const target = schema.$ref.startsWith('#') ? valueAt(root, schema.$ref.slice(1)) : undefined;
    const { $ref: _used, ...rest } = schema;
    resolved = isRecord(target) ? merge(again(target), rest) : rest;
  }
  for (const part of resolved.allOf ?? []) resolved = merge(resolved, again(part));
  if (resolved.if !== undefined) {
    const branch = isValid(resolved.if, value, root) ? resolved.then : resolved.else;
    if (branch !== undefined) resolved = merge(resolved, again(branch));
  }
  return withDependents(resolved, value);
}

/** Does the value fit the schema? */
export function isValid(schema: FormSchema, value: unknown, root: FormSchema): boolean {
  const whole = { ...schema, ...(root.$defs === undefined ? {} : { $defs: root.$defs }) } as Schema; // same keywords, looser types
  return new Validator(whole, '2020-12', true).validate(value ?? {}).valid;
}

function withDependents(schema: FormSchema, value: unknown): FormSchema {
  if (schema.dependentRequired === undefined || !isRecord(value)) return schema;
  const extra = Object.entries(schema.dependentRequired).flatMap(([name, names]) =>
    value[name] === undefined ? [] : [...names],
  );
  return extra.length === 0 ? schema : { ...schema, required: [...new Set([...(schema.required ?? []), ...extra])] };
}

function merge(base: FormSchema, extra: FormSchema): FormSchema {
  const properties: Record<string, FormSchema> = { ...base.properties };
  for (const [name, property] of Object.entries(extra.properties ?? {})) {
    properties[name] = { ...properties[name], ...property };
  }
  const required = [...new Set([...(base.required ?? []), ...(extra.required ?? [])])];
  return {
    ...base,
    ...extra,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
  };
}
