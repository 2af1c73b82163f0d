import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import type { FormSchema } from './form-schema.ts';
import { childPointer } from './pointer.ts';

/** Problems by JSON pointer of the field, in words. */
export type ValueProblems = Readonly<Record<string, string>>;

/** Checks a value against a schema; a missing field is reported at the field, not at its parent. */
export function validateValue(schema: FormSchema, value: unknown): ValueProblems {
  const { errors } = new Validator(schema as Schema, '2020-12', false).validate(value ?? {}); // same keywords, looser types
  const problems: Record<string, string> = {};
  for (const error of errors) {
    const pointer = error.instanceLocation.slice(1);
    if (error.keyword === 'required') {
      const name = /"(.*?)"/.exec(error.error)?.[1] ?? '';
      problems[childPointer(pointer, name)] ??= 'This is needed.';
    } else if (!containers.has(error.keyword)) problems[pointer] ??= sentenceOf(error);
  }
  return problems;
}

/** Keywords that only say "something inside is wrong". */
const containers = new Set([
  'properties',
  'items',
  'allOf',
  'if',
  'then',
  'else',
  '$ref',
  'prefixItems',
  'dependentRequired',
]);

function sentenceOf(error: OutputUnit): string {
  const said: Record<string, string> = {
    type: `This must be ${/Expected "(.*?)"/.exec(error.error)?.[1] ?? 'of another type'}.`,
    format: 'This does not have the right form.',
    pattern: 'This does not have the right form.',
    enum: 'Choose one of the values.',
    additionalProperties: 'There is a field that is not known here.',
  };
  const sentence = said[error.keyword] ?? error.error;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
