import { AppError, type FieldProblem } from '@patchbay/errors';
import { isJsonObject, readPointer, type JsonObject, type JsonSchemaObject, type JsonValue } from '@patchbay/manifest';
import { findProblemsInTime } from './bounded-check.ts';

const maxDefaultDepth = 8;

/**
 * The input with the defaults of its schema filled in (DI-44). Throws `operation_input_invalid` with every problem in
 * `details.problems` when it does not fit the schema (DI-42, DI-43).
 */
export function checkInput(schema: JsonSchemaObject, input: JsonObject): JsonObject {
  const filled = withDefaults(schema, input, { root: schema, depth: 0 }) as JsonObject;
  const problems = findProblemsInTime(schema, filled);
  if (problems.length === 0) return filled;
  const names = problems.map((problem) => problem.path.slice(1).replaceAll('/', '.') || 'input');
  throw new AppError('operation_input_invalid', {
    message: `The input of the operation does not fit its schema: ${[...new Set(names)].join(', ')}.`,
    details: { problems, wasSent: false },
  });
}

/** What {@link checkInput} would refuse, without running anything. */
export function findInputProblems(schema: JsonSchemaObject, input: JsonObject): FieldProblem[] {
  return findProblemsInTime(schema, withDefaults(schema, input, { root: schema, depth: 0 }));
}

function withDefaults(schema: unknown, value: JsonValue, place: { root: JsonSchemaObject; depth: number }): JsonValue {
  const resolved = resolveReference(schema, place.root);
  if (!isJsonObject(resolved) || place.depth > maxDefaultDepth) return value;
  const next = { root: place.root, depth: place.depth + 1 };
  if (Array.isArray(value)) {
    return resolved['items'] === undefined ? value : value.map((item) => withDefaults(resolved['items'], item, next));
  }
  if (!isJsonObject(value) || !isJsonObject(resolved['properties'])) return value;
  const filled: [string, JsonValue][] = Object.entries(value);
  const properties = resolved['properties'];
  const given = filled.map(([key, item]): [string, JsonValue] => [
    key,
    withDefaults(ownOf(properties, key), item, next),
  ]);
  for (const [name, property] of Object.entries(properties)) {
    if (Object.hasOwn(value, name) || !isJsonObject(property) || property['default'] === undefined) continue;
    given.push([name, property['default'] as JsonValue]);
  }
  return Object.fromEntries(given);
}

function ownOf(properties: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function resolveReference(schema: unknown, root: JsonSchemaObject): unknown {
  const reference = isJsonObject(schema) ? schema['$ref'] : undefined;
  return typeof reference === 'string' && reference.startsWith('#/')
    ? readPointer(root as JsonValue, reference.slice(1))
    : schema;
}
