import type { JsonSchema, JsonValue } from '@patchbay/flow-model';
import type { ExpressionScope } from '@patchbay/flow-model/expression';

/** What an expression in a field may refer to. */
export interface FieldScope {
  /** JSON Schema of each name in scope: `trigger`, step keys, `loop`, `error`, `run`. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** Sample values of those of them that have one. */
  readonly values: ExpressionScope;
  /** Title of each name as people know it. */
  readonly titles: Readonly<Record<string, string>>;
}

/** A scope in which nothing is known. */
export const emptyScope: FieldScope = { schemas: {}, values: {}, titles: {} };

/** Schema of a property or item, local `$ref`s followed; undefined when nothing is known of it. */
export function schemaAt(root: JsonSchema | undefined, path: readonly (string | number)[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>(
    (schema, part) => childSchema(schema, part, root),
    plainSchema(root, root),
  );
}

/** The schema behind a reference, and behind "this or nothing". */
function plainSchema(schema: JsonSchema | undefined, root: JsonSchema | undefined): JsonSchema | undefined {
  const resolved = resolveRef(schema, root);
  const options = resolved?.['anyOf'] ?? resolved?.['oneOf'];
  if (!Array.isArray(options)) return resolved;
  const [first] = options.flatMap((option) => {
    const candidate = asSchema(option);
    return candidate === undefined || candidate['type'] === 'null' ? [] : [candidate];
  });
  return first === undefined ? resolved : plainSchema(first, root);
}

function childSchema(
  schema: JsonSchema | undefined,
  part: string | number,
  root: JsonSchema | undefined,
): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  const next =
    typeof part === 'number'
      ? schema['items']
      : (schema['properties'] as Record<string, JsonValue> | undefined)?.[part];
  return plainSchema(asSchema(next), root);
}

/** Follows a local reference such as `#/$defs/Line`. */
export function resolveRef(schema: JsonSchema | undefined, root: JsonSchema | undefined): JsonSchema | undefined {
  const ref = schema?.['$ref'];
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return schema;
  const target = ref
    .slice(2)
    .split('/')
    .reduce<JsonValue | undefined>(
      (value, name) => asSchema(value)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
      root,
    );
  return asSchema(target);
}

/** A value as a schema, if it is one. */
export function asSchema(value: JsonValue | undefined): JsonSchema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** Names and schemas of the properties of an object schema. */
export function propertiesOf(schema: JsonSchema): [string, JsonSchema][] {
  const properties = asSchema(schema['properties']) ?? {};
  return Object.entries(properties).flatMap(([name, value]) => {
    const child = asSchema(value);
    return child === undefined ? [] : [[name, child] as [string, JsonSchema]];
  });
}

/** Names of the required properties. */
export function requiredOf(schema: JsonSchema): ReadonlySet<string> {
  const required = schema['required'];
  return new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []);
}

/** Label of a field: its title, or its name in words. */
export function labelOf(name: string, schema: JsonSchema): string {
  const { title } = schema;
  if (typeof title === 'string' && title !== '') return title;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
