import type { OperationDefinition, ParameterDefinition } from '@patchbay/manifest';

type Operations = readonly OperationDefinition[];

/** Words of an effect, for the choice and the badge. */
export const effectWords = {
  read: 'Reads only',
  idempotent: 'Safe to repeat',
  keyed: 'Safe to repeat with a key',
  once: 'Never repeated',
} as const satisfies Record<NonNullable<OperationDefinition['effect']>, string>;

/** What the effect is when nobody says (requirements.md 5.24). */
export function effectOf({ method, effect }: Pick<OperationDefinition, 'method' | 'effect'>): keyof typeof effectWords {
  if (effect !== undefined) return effect;
  if (method === 'GET') return 'read';
  return method === 'PUT' || method === 'DELETE' ? 'idempotent' : 'keyed';
}

/** Does a call of it leave the other system as it was? */
export const isReadOnly = (operation: OperationDefinition): boolean => effectOf(operation) === 'read';

/** "Get current weather" becomes `get_current_weather`. */
export function nameFromTitle(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '');
  return words.slice(0, 80) || 'operation';
}

/** The name, or the name with a number, so that no two operations share it. */
export function freeName(wish: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  if (!names.has(wish)) return wish;
  const stem = wish.slice(0, 76).replace(/_\d+$/, '');
  let number = 2;
  while (names.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** A new operation that reads, with a free name. */
export function newOperation(operations: Operations): OperationDefinition {
  const name = freeName('new_operation', namesOf(operations));
  return { name, display_name: 'New operation', description: '', method: 'GET', path: '/', parameters: [] };
}

/** A copy right behind the original. */
export function duplicateAt(operations: Operations, index: number): OperationDefinition[] {
  const original = operations[index];
  if (original === undefined) return [...operations];
  const name = freeName(original.name, namesOf(operations));
  const copy = { ...structuredClone(original), name, display_name: `${original.display_name} copy` };
  return operations.toSpliced(index + 1, 0, copy);
}

/** Moves an entry of a list by some places; it stops at the ends. */
export function movedBy<Item>(items: readonly Item[], index: number, by: number): Item[] {
  const item = items[index];
  const to = Math.min(Math.max(index + by, 0), items.length - 1);
  return item === undefined ? [...items] : items.toSpliced(index, 1).toSpliced(to, 0, item);
}

/** The name follows the words while it still is what they gave before. */
export function renamed(operations: Operations, index: number, title: string): OperationDefinition[] {
  const before = operations[index];
  if (before === undefined) return [...operations];
  const others = namesOf(operations.toSpliced(index, 1));
  const isAutomatic = before.name === freeName(nameFromTitle(before.display_name), others);
  const name = isAutomatic ? freeName(nameFromTitle(title), others) : before.name;
  return operations.with(index, { ...before, display_name: title, name });
}

/** Parts of a path: text and `{parameter}`. */
export function pathParts(path: string): readonly { readonly text: string; readonly isVariable: boolean }[] {
  return path
    .split(/(\{[^{}/]+\})/)
    .filter((text) => text !== '')
    .map((text) => ({ text, isVariable: /^\{[^{}/]+\}$/.test(text) }));
}

/** Names in the path that no path parameter has. */
export function missingPathNames({ path, parameters }: OperationDefinition): readonly string[] {
  const known = new Set(parameters.filter(({ location }) => location === 'path').map(({ name }) => name));
  const named = pathParts(path).flatMap(({ text, isVariable }) => (isVariable ? [text.slice(1, -1)] : []));
  return [...new Set(named)].filter((name) => !known.has(name));
}

/** Path parameters that the path does not mention: they would go nowhere. */
export function unusedPathNames({ path, parameters }: OperationDefinition): readonly string[] {
  const named = new Set(pathParts(path).map(({ text }) => text));
  return parameters.filter((one) => one.location === 'path' && !named.has(`{${one.name}}`)).map(({ name }) => name);
}

/** Adds required path parameters of these names. */
export function withPathParameters(operation: OperationDefinition, names: readonly string[]): OperationDefinition {
  const added = names.map((name): ParameterDefinition => ({ name, location: 'path', type: 'string', required: true }));
  return { ...operation, parameters: [...added, ...operation.parameters] };
}

/** A new parameter with a free name. */
export function newParameter(parameters: readonly ParameterDefinition[]): ParameterDefinition {
  const name = freeName('parameter', namesOf(parameters));
  return { name, location: 'query', type: 'string', required: false };
}

/** Reads a default from its field in the type of the parameter; text that does not fit stays text, for the server to name. */
export function readDefault(text: string, type: ParameterDefinition['type']): ParameterDefinition['default'] {
  if (text === '') return undefined;
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const isNumeric = type === 'number' || type === 'integer';
  return isNumeric && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** What is wrong with a default, in words; undefined: nothing. */
export function defaultProblem(parameter: ParameterDefinition): string | undefined {
  const { default: value, type, required, schema } = parameter;
  if (value === undefined || schema !== undefined) return undefined;
  if (required) return 'A required parameter has no default.';
  const fits = {
    string: typeof value === 'string',
    number: typeof value === 'number',
    integer: Number.isInteger(value),
    boolean: typeof value === 'boolean',
  }[type];
  return fits ? undefined : `The default is no ${type}.`;
}

const namesOf = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name);
