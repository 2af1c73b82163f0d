import { Validator } from '@cfworker/json-schema';
import type { FieldProblem } from '@patchbay/errors';
import type { JsonSchemaObject, JsonValue } from '@patchbay/manifest';

/** Validators by schema object: a manifest is read once and used for thousands of calls. */
const validators = new WeakMap<JsonSchemaObject, Validator>();
const maxReportedProblems = 50;

/**
 * Where a value does not fit a schema, by JSON pointer; empty when it fits. Takes as long as the schema makes it: foreign schemas go
 * through `findProblemsInTime`.
 */
export function findProblems(schema: JsonSchemaObject, value: JsonValue): FieldProblem[] {
  const { valid, errors } = validatorFor(schema).validate(value);
  if (valid) return [];
  // The validator reports every enclosing object too; only the innermost findings help a person.
  const innermost = errors.filter(
    (error) => !errors.some((other) => other !== error && isInside(other.instanceLocation, error)),
  );
  return innermost.slice(0, maxReportedProblems).map((error) => ({
    path: problemPath(error.instanceLocation, error.keyword, error.error),
    message: error.error,
  }));
}

function validatorFor(schema: JsonSchemaObject): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator = new Validator(schema, '2020-12', false);
  validators.set(schema, validator);
  return validator;
}

const wrappingKeywords = new Set([
  'properties',
  'items',
  'additionalProperties',
  '$ref',
  'prefixItems',
  'allOf',
  'anyOf',
  'oneOf',
]);

function isInside(location: string, error: { instanceLocation: string; keyword: string }): boolean {
  if (!wrappingKeywords.has(error.keyword)) return false;
  return location === error.instanceLocation || location.startsWith(`${error.instanceLocation}/`);
}

/** A missing field is reported at the object that misses it; the name of the field says more. */
function problemPath(location: string, keyword: string, message: string): string {
  const path = decodeURIComponent(location.slice(1));
  const missing = keyword === 'required' ? /"([^"]+)"/.exec(message)?.[1] : undefined;
  return missing === undefined ? path : `${path}/${missing}`;
}
