import { Validator, type OutputUnit } from '@cfworker/json-schema';
import { AppError, type FieldProblem } from '@patchbay/errors';
import type { FlowDocument, JsonObject, JsonValue } from '@patchbay/flow-model';

type Trigger = FlowDocument['trigger'];

const validators = new WeakMap<object, Validator>();
const mostProblems = 50;

/**
 * Checks the data of a trigger against the schema of the flow: the input of a form, or the body of a webhook.
 *
 * @throws AppError `run_input_invalid` with all problems in `details.fields`.
 */
export function assertTriggerData(trigger: Trigger, data: JsonValue): void {
  const isForm = trigger.kind === 'manual';
  const schema = isForm ? trigger.inputSchema : trigger.bodySchema;
  const result = validatorOf(schema).validate(isForm ? data : ((data as JsonObject)['body'] ?? null));
  if (result.valid) return;
  const fields = result.errors.filter(isLeaf).slice(0, mostProblems).map(toProblem);
  throw new AppError('run_input_invalid', { details: { fields } });
}

function validatorOf(schema: JsonObject): Validator {
  const known = validators.get(schema);
  if (known) return known;
  const validator = new Validator(schema, '2020-12', false);
  validators.set(schema, validator);
  return validator;
}

/** The library also reports every schema that contains a failing one. */
function isLeaf(error: OutputUnit, index: number, all: OutputUnit[]): boolean {
  const isInside = (other: OutputUnit): boolean =>
    other !== error &&
    other.keywordLocation.startsWith(`${error.keywordLocation}/`) &&
    other.instanceLocation.startsWith(error.instanceLocation);
  return index >= mostProblems * 4 || !all.some(isInside);
}

function toProblem(error: OutputUnit): FieldProblem {
  return { path: error.instanceLocation.replace(/^#/, ''), message: error.error };
}

/**
 * Trigger data from what a caller of the API sends. For a webhook: `{ body, query, headers, method }` as the webhook itself
 * gives it, or just the body.
 */
export function toTriggerData(trigger: Trigger, input: JsonValue | undefined): JsonValue {
  if (trigger.kind === 'manual') return input ?? {};
  const isWhole = typeof input === 'object' && input !== null && !Array.isArray(input) && Object.hasOwn(input, 'body');
  return { query: {}, headers: {}, method: 'POST', ...(isWhole ? input : { body: input ?? null }) };
}
