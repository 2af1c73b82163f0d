/** Whether a fixed value fits a JSON Schema: the keywords a form can show. The server checks everything again with a full validator. */
import type { JsonSchema, JsonValue } from '../../document/json.ts';
import { isObject } from '../value.ts';
import { typeFromSchema, typeOfValue, typeWords } from './value-type.ts';

/** One misfit: JSON pointer inside the value and the rest of a sentence, for example "must be at least 1". */
export interface Misfit {
  readonly field: string;
  readonly message: string;
}

/** All misfits of a value, the outer one first. */
export function checkLiteral(value: JsonValue, schema: JsonSchema, field = ''): Misfit[] {
  const expected = typeFromSchema(schema);
  const actual = typeOfValue(value);
  const isNull = value === null && (expected.isNullable ?? false);
  if (expected.kind !== 'any' && actual.kind !== expected.kind && !isNull) {
    return [{ field, message: `needs ${typeWords(expected)}; it is ${typeWords(actual)}` }];
  }
  const message = checkChoice(value, schema) ?? checkNumber(value, schema) ?? checkText(value, schema);
  if (message !== undefined) return [{ field, message }];
  if (Array.isArray(value)) return checkItems(value, schema, field);
  return isObject(value) ? checkFields(value, schema, field) : [];
}

function checkChoice(value: JsonValue, schema: JsonSchema): string | undefined {
  const choices = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  if (!Array.isArray(choices)) return undefined;
  const text = JSON.stringify(value);
  if (choices.some((choice) => JSON.stringify(choice) === text)) return undefined;
  return `must be one of ${choices.slice(0, 8).map(String).join(', ')}`;
}

function checkNumber(value: JsonValue, schema: JsonSchema): string | undefined {
  if (typeof value !== 'number') return undefined;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (schema['type'] === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
  if (typeof minimum === 'number' && value < minimum) return `must be at least ${String(minimum)}`;
  if (typeof maximum === 'number' && value > maximum) return `must be at most ${String(maximum)}`;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    return `must be more than ${String(exclusiveMinimum)}`;
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    return `must be less than ${String(exclusiveMaximum)}`;
  return undefined;
}

function checkText(value: JsonValue, schema: JsonSchema): string | undefined {
  if (typeof value !== 'string') return undefined;
  const { minLength, maxLength } = schema;
  if (typeof minLength === 'number' && value.length < minLength) {
    return value === '' ? 'must not be empty' : `needs at least ${String(minLength)} characters`;
  }
  if (typeof maxLength === 'number' && value.length > maxLength)
    return `may have at most ${String(maxLength)} characters`;
  return undefined;
}

function checkItems(value: readonly JsonValue[], schema: JsonSchema, field: string): Misfit[] {
  const items = schema['items'];
  return isObject(items) ? value.flatMap((item, index) => checkLiteral(item, items, `${field}/${String(index)}`)) : [];
}

function checkFields(value: { [key: string]: JsonValue }, schema: JsonSchema, field: string): Misfit[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const missing = required.filter((name) => typeof name === 'string').filter((name) => !Object.hasOwn(value, name));
  const misfits = missing.map((name): Misfit => ({ field, message: `needs the field \`${name}\`` }));
  for (const [name, item] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (isObject(property)) misfits.push(...checkLiteral(item, property, `${field}/${name}`));
    else if (property === undefined && schema['additionalProperties'] === false) {
      misfits.push({ field, message: `has no field \`${name}\`` });
    }
  }
  return misfits;
}
