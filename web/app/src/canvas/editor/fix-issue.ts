import type { JsonValue } from '@patchbay/flow-model';

/** A copy in which the value at a JSON pointer is another one. Bindings on the way are entered by their own names. */
export function withReplacement(value: JsonValue, pointer: string, replacement: JsonValue): JsonValue {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return replaced(value, parts, replacement);
}

function replaced(value: JsonValue, parts: readonly string[], replacement: JsonValue): JsonValue {
  const [part, ...rest] = parts;
  if (part === undefined)
    return typeof value === 'string' && isFormula(replacement) ? replacement.formula : replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === part ? replaced(item, rest, replacement) : item));
  if (typeof value !== 'object' || value === null) return value;
  const holder = ['object', 'list'].find((name) => !Object.hasOwn(value, part) && Object.hasOwn(value, name));
  if (holder !== undefined) return { ...value, [holder]: replaced(value[holder] ?? null, parts, replacement) };
  return { ...value, [part]: replaced(value[part] ?? null, rest, replacement) };
}

const isFormula = (value: JsonValue): value is { formula: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value['formula'] === 'string';
