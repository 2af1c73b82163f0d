import { isAppError } from '@patchbay/errors';
import type { Binding, JsonValue } from '@patchbay/flow-model';
import { listBindingReferences, newBudget, resolveBinding } from '@patchbay/flow-model/expression';
import type { FieldScope } from './field-scope.ts';

/** What stands under a field: the value on sample data, or why there is none. */
export type FieldPreview =
  | { readonly kind: 'value'; readonly text: string; readonly type: string }
  | { readonly kind: 'no-sample'; readonly source: string }
  | { readonly kind: 'problem'; readonly text: string };

/** Computes the binding on the samples of the scope; undefined where a preview would only repeat the field. */
export function previewOf(binding: Binding | undefined, scope: FieldScope): FieldPreview | undefined {
  if (binding === undefined || 'value' in binding) return undefined;
  if ('template' in binding && !binding.template.includes('{{')) return undefined;
  if ('formula' in binding && binding.formula.trim() === '') return undefined;
  const missing = listBindingReferences(binding).find((reference) => !Object.hasOwn(scope.values, reference.root));
  if (missing !== undefined && Object.hasOwn(scope.schemas, missing.root)) {
    return { kind: 'no-sample', source: scope.titles[missing.root] ?? missing.root };
  }
  try {
    const value = resolveBinding(binding, scope.values, newBudget(Date.now()));
    return { kind: 'value', text: shortJson(value), type: typeOfValue(value) };
  } catch (error) {
    if (isAppError(error)) return { kind: 'problem', text: error.message };
    throw error;
  }
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
