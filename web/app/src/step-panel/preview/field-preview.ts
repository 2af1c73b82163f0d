import { isAppError } from '@patchbay/errors';
import type { Binding, JsonValue } from '@patchbay/flow-model';
import { listBindingReferences, newBudget, parsePill, resolveBinding } from '@patchbay/flow-model/expression';
import type { FieldScope } from '../field/field-scope.ts';

/** What stands under a field: the value on sample data, or why there is none. */
export type FieldPreview =
  | { readonly kind: 'value'; readonly text: string; readonly type: string }
  | { readonly kind: 'no-sample'; readonly source: string }
  | { readonly kind: 'problem'; readonly text: string };

/** What an evaluation came to: the value, or the sentence why there is none. */
export type Evaluated = { readonly value: JsonValue } | { readonly problem: string };

/** Sample values by name. */
export type SampleValues = Readonly<Record<string, JsonValue>>;

/** Computes a binding on sample values, at this moment. It may take long: in a worker, or for what is known to be short. */
export function evaluateOn(binding: Binding, values: SampleValues): Evaluated {
  try {
    return { value: resolveBinding(binding, values, newBudget(Date.now())) };
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  }
}

/** The preview that needs no evaluation: none at all, where it would only repeat the field, or the missing sample. */
export function previewWithout(binding: Binding | undefined, scope: FieldScope): FieldPreview | 'none' | 'evaluate' {
  if (binding === undefined || 'value' in binding) return 'none';
  if ('template' in binding && !binding.template.includes('{{')) return 'none';
  if ('formula' in binding && binding.formula.trim() === '') return 'none';
  const missing = listBindingReferences(binding).find((reference) => !Object.hasOwn(scope.values, reference.root));
  if (missing !== undefined && Object.hasOwn(scope.schemas, missing.root)) {
    return { kind: 'no-sample', source: scope.titles[missing.root] ?? missing.root };
  }
  return 'evaluate';
}

/** The preview of exactly one piece of data, which costs nothing. */
export function pillPreview(formula: string, scope: FieldScope): FieldPreview | undefined {
  const known = previewWithout({ formula }, scope);
  if (known === 'none' || parsePill(formula) === undefined) return undefined;
  return known === 'evaluate' ? toPreview(evaluateOn({ formula }, scope.values)) : known;
}

/** An evaluation as it stands under a field. */
export function toPreview(evaluated: Evaluated): FieldPreview {
  if ('problem' in evaluated) return { kind: 'problem', text: evaluated.problem };
  return { kind: 'value', text: shortJson(evaluated.value), type: typeOfValue(evaluated.value) };
}

/** JSON on one line, cut. */
export function shortJson(value: JsonValue | undefined): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** Type of a value in the words of the app. */
export function typeOfValue(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return `list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? 'date' : 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes or no';
    default:
      return 'object';
  }
}
