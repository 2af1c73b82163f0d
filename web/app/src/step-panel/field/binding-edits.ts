import { isAppError } from '@patchbay/errors';
import type { Binding, JsonSchema, JsonValue } from '@patchbay/flow-model';
import { parsePill, splitTemplate } from '@patchbay/flow-model/expression';

/** How a field is written: a plain value, text with data, a formula, or sub-fields. */
export type FieldMode = 'value' | 'text' | 'formula' | 'nested';

/** The mode a binding is written in; an absent binding is a plain value, or sub-fields where the schema has them. */
export function modeOf(binding: Binding | undefined, schema: JsonSchema): FieldMode {
  if (binding === undefined) return hasSubFields(schema) ? 'nested' : 'value';
  if ('template' in binding) return 'text';
  if ('formula' in binding) return 'formula';
  if ('object' in binding || 'list' in binding) return 'nested';
  return hasSubFields(schema) && typeof binding.value === 'object' ? 'nested' : 'value';
}

/** Type word of a schema, `any` when it allows several or says nothing. */
export function typeOf(schema: JsonSchema): string {
  const { type } = schema;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) {
    const [first, ...others] = type.filter((name) => typeof name === 'string' && name !== 'null');
    return typeof first === 'string' && others.length === 0 ? first : 'any';
  }
  if (schema['properties'] !== undefined) return 'object';
  return schema['items'] === undefined ? 'any' : 'array';
}

/** Whether the form shows sub-fields: objects and lists. */
export function hasSubFields(schema: JsonSchema): boolean {
  const type = typeOf(schema);
  return type === 'object' || type === 'array';
}

/** Whether a field takes any value, so that a person may also build an object of fields. */
export const isAnything = (schema: JsonSchema): boolean =>
  typeOf(schema) === 'any' && !Array.isArray(schema['enum']) && schema['type'] === undefined;

/** Whether a formula is exactly one piece of data. */
export const isPill = (formula: string): boolean => parsePill(formula) !== undefined;

/** The same content in another mode, or undefined when it cannot be kept. */
export function toMode(binding: Binding | undefined, mode: FieldMode): Binding | undefined {
  if (binding === undefined) return undefined;
  switch (mode) {
    case 'value':
      return toValue(binding);
    case 'text':
      return toText(binding);
    case 'formula':
      return toFormula(binding);
    case 'nested':
      return 'value' in binding ? nestedOf(binding.value) : undefined;
  }
}

/** What a field begins with in a mode; absent where the schema alone says that there are sub-fields. */
export function emptyOf(mode: FieldMode, schema: JsonSchema): Binding | undefined {
  if (mode === 'nested' && !hasSubFields(schema)) return { object: {} };
  if (mode === 'text') return { template: '' };
  if (mode === 'formula') return { formula: '' };
  return undefined;
}

function toValue(binding: Binding): Binding | undefined {
  if ('value' in binding) return binding;
  if ('template' in binding && !binding.template.includes('{{')) return { value: binding.template };
  return undefined;
}

function toText(binding: Binding): Binding | undefined {
  if ('template' in binding) return binding;
  if ('formula' in binding) return { template: binding.formula === '' ? '' : `{{ ${binding.formula} }}` };
  if ('value' in binding)
    return { template: typeof binding.value === 'string' ? binding.value : JSON.stringify(binding.value) };
  return undefined;
}

function toFormula(binding: Binding): Binding | undefined {
  if ('formula' in binding) return binding;
  if (isBlank(binding)) return { formula: '' };
  if ('value' in binding) return { formula: JSON.stringify(binding.value) };
  if (!('template' in binding)) return undefined;
  const parts = safeSplit(binding.template);
  if (parts === undefined) return undefined;
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'formula') return { formula: only.formula.trim() };
  const pieces = parts.map((part) =>
    part.kind === 'text' ? JSON.stringify(part.text) : `string(${part.formula.trim()})`,
  );
  return { formula: pieces.length === 0 ? '""' : pieces.join(' + ') };
}

/** A literal object or list as sub-fields. */
export function nestedOf(value: JsonValue): Binding | undefined {
  if (Array.isArray(value)) return { list: value.map((item) => jsonToBinding(item)) };
  if (typeof value !== 'object' || value === null) return undefined;
  return { object: Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonToBinding(item)])) };
}

function safeSplit(template: string): ReturnType<typeof splitTemplate> | undefined {
  try {
    return splitTemplate(template);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** Puts a reference into a field: alone it keeps its type, beside text it becomes part of the text. */
export function insertReference(binding: Binding | undefined, reference: string, schema: JsonSchema): Binding {
  if (binding === undefined || isBlank(binding)) return { formula: reference };
  if ('template' in binding) return { template: `${binding.template}{{ ${reference} }}` };
  if ('value' in binding && typeof binding.value === 'string' && typeOf(schema) !== 'object') {
    return { template: `${binding.value}{{ ${reference} }}` };
  }
  if ('formula' in binding && isPill(binding.formula) && typeOf(schema) === 'string') {
    return { template: `{{ ${binding.formula} }}{{ ${reference} }}` };
  }
  if ('formula' in binding && !isPill(binding.formula)) return { formula: `${binding.formula} ${reference}`.trim() };
  return { formula: reference };
}

/** Whether nothing was written yet. */
export function isBlank(binding: Binding | undefined): boolean {
  if (binding === undefined) return true;
  if ('template' in binding) return binding.template === '';
  if ('formula' in binding) return binding.formula.trim() === '';
  if ('value' in binding) return binding.value === '' || binding.value === null;
  if ('list' in binding) return binding.list.length === 0;
  return Object.keys(binding.object).length === 0;
}

/**
 * JSON text with data: strings that hold `{{ }}` become text with data, a string that is exactly one `{{ }}` becomes a
 * formula and keeps its type, anything else is literal.
 */
export function jsonToBinding(value: JsonValue): Binding {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return { value };
    const parts = safeSplit(value);
    const [only] = parts ?? [];
    return parts?.length === 1 && only?.kind === 'formula' ? { formula: only.formula.trim() } : { template: value };
  }
  if (typeof value !== 'object' || value === null) return { value };
  return isLiteral(value) ? { value } : (nestedOf(value) ?? { value });
}

function isLiteral(value: JsonValue): boolean {
  if (typeof value === 'string') return !value.includes('{{');
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((item) => isLiteral(item));
}

/** The binding as JSON text with data; the inverse of {@link jsonToBinding}. */
export function bindingToJson(binding: Binding | undefined): JsonValue {
  if (binding === undefined) return null;
  if ('value' in binding) return binding.value;
  if ('template' in binding) return binding.template;
  if ('formula' in binding) return `{{ ${binding.formula} }}`;
  if ('list' in binding) return binding.list.map((item) => bindingToJson(item));
  return Object.fromEntries(Object.entries(binding.object).map(([name, item]) => [name, bindingToJson(item)]));
}
