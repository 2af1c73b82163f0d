import { isRecord, childPointer, valueAt } from '../../forms/schema/pointer.ts';

/** Something that keeps a JSON Schema from meaning what it says. */
export interface SchemaProblem {
  /** JSON pointer into the schema. */
  readonly pointer: string;
  readonly message: string;
}

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const deepest = 40;

/** Finds what a person gets wrong by hand, at once and in words; the server checks the rest when the draft is saved. */
export function checkSchema(schema: unknown): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const visit = (part: unknown, pointer: string): void => {
    if (typeof part === 'boolean' || pointer.split('/').length > deepest) return;
    if (!isMap(part)) {
      problems.push({ pointer, message: 'A schema is an object.' });
      return;
    }
    problems.push(...problemsOf(part, schema).map((message) => ({ pointer, message })));
    for (const [child, at] of childrenOf(part, pointer)) visit(child, at);
  };
  visit(schema, '');
  return problems;
}

function problemsOf(part: Record<string, unknown>, root: unknown): string[] {
  const { type, required, enum: values, properties, $ref } = part;
  const isLost = typeof $ref === 'string' && $ref.startsWith('#') && valueAt(root, $ref.slice(1)) === undefined;
  return [
    ...typeProblems(type),
    ...(required === undefined || isTextList(required) ? [] : ['"required" is a list of names.']),
    ...(values === undefined || Array.isArray(values) ? [] : ['"enum" is a list of values.']),
    ...(properties === undefined || isMap(properties) ? [] : ['"properties" is an object: a schema for each name.']),
    ...(isLost ? [`The reference ${$ref} leads nowhere.`] : []),
  ];
}

function typeProblems(type: unknown): string[] {
  const named = Array.isArray(type) ? (type as unknown[]) : type === undefined ? [] : [type];
  return named.filter((name) => !types.has(String(name))).map((name) => `There is no type "${String(name)}".`);
}

function childrenOf(part: Record<string, unknown>, pointer: string): [unknown, string][] {
  const maps = ['properties', '$defs', 'patternProperties'].flatMap((name) => {
    const map = part[name];
    if (!isMap(map)) return [];
    return Object.entries(map).map(([key, child]): [unknown, string] => [
      child,
      childPointer(childPointer(pointer, name), key),
    ]);
  });
  const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'].flatMap((name) => {
    const list = part[name];
    if (!Array.isArray(list)) return [];
    return list.map((child, index): [unknown, string] => [child, childPointer(childPointer(pointer, name), index)]);
  });
  const single = ['items', 'additionalProperties', 'not', 'if', 'then', 'else'].flatMap((name) =>
    part[name] === undefined ? [] : [[part[name], childPointer(pointer, name)] as [unknown, string]],
  );
  return [...maps, ...lists, ...single];
}

const isMap = (value: unknown): value is Record<string, unknown> => isRecord(value) && !Array.isArray(value);

const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');
