/** Checks bindings against the schemas of the data they may use, before anything runs. */
import { isAppError } from '@patchbay/errors';
import type { JsonSchema } from '../../document/json.ts';
import type { Binding } from '../../document/step.ts';
import { compile } from '../compile.ts';
import { escapePointer } from '../evaluate.ts';
import { parseFormula } from '../parse.ts';
import { splitTemplate } from '../template.ts';
import { isObject } from '../value.ts';
import { infer } from './infer.ts';
import type { Finding, TypeScope } from './type-scope.ts';
import { checkLiteral } from './literal.ts';
import type { ExpressionProblem } from './problem.ts';
import {
  type ObjectShape,
  anyType,
  listOf,
  objectOf,
  textType,
  typeFromSchema,
  typeOfValue,
  typeToSchema,
  unionOf,
  typeWords,
  type ValueType,
} from './value-type.ts';

/** JSON Schemas of everything a formula may name. */
export type ScopeSchemas = Readonly<Record<string, JsonSchema>>;

/** Schemas of what a formula may name, read one by one. */
export interface ScopeLookup {
  lookUp(name: string): JsonSchema | undefined;
  /** All names, for suggestions. */
  names(): readonly string[];
}

/** What a formula is checked against. */
export interface CheckOptions {
  readonly scopeSchema: ScopeSchemas | ScopeLookup;
  /** JSON Schema of the field that is filled; absent: anything goes. */
  readonly expected?: JsonSchema;
  /** Name of the field for messages. */
  readonly label?: string;
}

interface Inferred {
  readonly type: ValueType;
  readonly problems: ExpressionProblem[];
}

function inferSource(source: string, scopeSchema: ScopeSchemas | ScopeLookup): Inferred {
  const problems: ExpressionProblem[] = [];
  const lookup = toLookup(scopeSchema);
  const scope: TypeScope = {
    infer,
    lookUp: (name) => {
      const schema = lookup.lookUp(name);
      return schema && typeFromSchema(schema);
    },
    names: () => lookup.names(),
    report: (finding) => problems.push(toProblem(finding)),
  };
  try {
    const tree = parseFormula(source);
    const type = infer(tree, scope);
    if (!problems.some(({ severity }) => severity === 'error')) compile(tree, { slots: new Map() });
    return { type, problems };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const column = Number(error.details['column'] ?? 1);
    return {
      type: anyType,
      problems: [...problems, { severity: 'error', code: error.code, message: error.message, field: '', column }],
    };
  }
}

function toLookup(scope: ScopeSchemas | ScopeLookup): ScopeLookup {
  if (isLookup(scope)) return scope;
  return { lookUp: (name) => (Object.hasOwn(scope, name) ? scope[name] : undefined), names: () => Object.keys(scope) };
}

/** Schemas are data, so only a lookup holds a function. */
function isLookup(scope: ScopeSchemas | ScopeLookup): scope is ScopeLookup {
  return typeof scope.lookUp === 'function';
}

function toProblem(finding: Finding): ExpressionProblem {
  const { severity, code, message } = finding;
  return { severity, code, message, field: '', column: finding.position + 1 };
}

/** Checks a formula: syntax, names, types, and whether its result fits the expected schema. Never throws. */
export function checkFormula(source: string, options: CheckOptions): ExpressionProblem[] {
  const { type, problems } = inferSource(source, options.scopeSchema);
  if (problems.some(({ severity }) => severity === 'error')) return problems;
  const misfit = checkFit(source, type, options);
  return misfit ? [...problems, misfit] : problems;
}

/** The type of a formula as JSON Schema; `{}` when it is not known. Never throws. */
export function inferType(source: string, scopeSchema: ScopeSchemas | ScopeLookup): JsonSchema {
  return typeToSchema(inferSource(source, scopeSchema).type);
}

/** The type of a binding as JSON Schema; `{}` when it is not known. Never throws. */
export function inferBinding(binding: Binding, scopeSchema: ScopeSchemas | ScopeLookup): JsonSchema {
  return typeToSchema(bindingType(binding, scopeSchema));
}

function bindingType(binding: Binding, scopeSchema: ScopeSchemas | ScopeLookup): ValueType {
  if ('value' in binding) return typeOfValue(binding.value);
  if ('template' in binding) return textType;
  if ('formula' in binding) return inferSource(binding.formula, scopeSchema).type;
  if ('list' in binding) return listOf(unionOf(binding.list.map((item) => bindingType(item, scopeSchema))));
  return objectOf(Object.entries(binding.object).map(([key, field]) => [key, bindingType(field, scopeSchema)]));
}

function checkFit(source: string, type: ValueType, options: CheckOptions): ExpressionProblem | undefined {
  if (!options.expected) return undefined;
  const expected = typeFromSchema(options.expected);
  const actual = type.kind === 'optional' ? (type.item ?? anyType) : type;
  if (isFitting(expected, actual)) return undefined;
  const conversion = conversions[expected.kind];
  const isConvertible =
    conversion !== undefined && actual.kind !== 'list' && actual.kind !== 'object' && actual.kind !== 'nothing';
  const replacement = `${conversion ?? ''}(${source.trim()})`;
  return {
    severity: 'error',
    code: 'expression_type',
    message: `${options.label ?? 'This field'} needs ${typeWords(expected)}; \`${source.trim()}\` is ${typeWords(actual)}.`,
    field: '',
    column: 1,
    ...(isConvertible ? { fix: { label: `Convert: ${replacement}`, replacement } } : {}),
  };
}

const conversions: Partial<Record<ValueType['kind'], string>> = { number: 'number', text: 'string', boolean: 'bool' };

/** True unless a value of one type can never be a value of the other. */
function isFitting(expected: ValueType, actual: ValueType, depth = 0): boolean {
  if (depth > 8 || expected.kind === 'any' || actual.kind === 'any') return true;
  if (actual.kind === 'nothing') return expected.isNullable ?? false;
  if (expected.kind !== actual.kind) return false;
  if (expected.kind === 'list') return isFitting(itemOf(expected), itemOf(actual), depth + 1);
  return !expected.shape || !actual.shape || isFittingShape(expected.shape, actual.shape, depth);
}

const itemOf = (type: ValueType): ValueType => type.item ?? anyType;

function isFittingShape(wanted: ObjectShape, given: ObjectShape, depth: number): boolean {
  const isComplete = given.others !== 'none' || [...wanted.required].every((name) => given.names.includes(name));
  return (
    isComplete &&
    wanted.names.every((name) => isFitting(wanted.field(name) ?? anyType, given.field(name) ?? anyType, depth + 1))
  );
}

/** Checks every formula of a `{{ }}` template and whether text is what the field takes. Never throws. */
export function checkTemplate(source: string, options: CheckOptions): ExpressionProblem[] {
  try {
    const problems = splitTemplate(source).flatMap((part) => {
      if (part.kind === 'text') return [];
      const found = inferSource(part.formula, options.scopeSchema).problems;
      return found.map((problem) => ({ ...problem, column: (problem.column ?? 1) + part.start }));
    });
    return [...problems, ...checkTemplateFit(options)];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [
      {
        severity: 'error',
        code: error.code,
        message: error.message,
        field: '',
        column: Number(error.details['column'] ?? 1),
      },
    ];
  }
}

function checkTemplateFit(options: CheckOptions): ExpressionProblem[] {
  const expected = typeFromSchema(options.expected);
  if (isFitting(expected, textType)) return [];
  const message = `${options.label ?? 'This field'} needs ${typeWords(expected)}; text with data gives text. Use a formula.`;
  return [{ severity: 'error', code: 'expression_type', message, field: '', column: 1 }];
}

/** Checks a binding and everything inside it; `field` of a problem points into the binding. Never throws. */
export function checkBinding(binding: Binding, options: CheckOptions): ExpressionProblem[] {
  if ('formula' in binding) return checkFormula(binding.formula, options);
  if ('template' in binding) return checkTemplate(binding.template, options);
  if ('value' in binding) return checkValue(binding.value, options);
  if ('list' in binding) return checkList(binding.list, options);
  return checkObject(binding.object, options);
}

function checkValue(value: Extract<Binding, { value: unknown }>['value'], options: CheckOptions): ExpressionProblem[] {
  const misfits = options.expected ? checkLiteral(value, options.expected) : [];
  return misfits.map(({ field, message }) => ({
    severity: 'error',
    code: 'operation_input_invalid',
    message: `${field === '' ? (options.label ?? 'This field') : `\`${field.slice(1)}\``} ${message}.`,
    field: '',
  }));
}

function inner(problems: ExpressionProblem[], segment: string): ExpressionProblem[] {
  return problems.map((problem) => ({ ...problem, field: `/${escapePointer(segment)}${problem.field}` }));
}

function structural(options: CheckOptions, message: string): ExpressionProblem {
  return {
    severity: 'error',
    code: 'operation_input_invalid',
    message: `${options.label ?? 'This field'} ${message}.`,
    field: '',
  };
}

function checkList(list: readonly Binding[], options: CheckOptions): ExpressionProblem[] {
  const expected = typeFromSchema(options.expected);
  if (expected.kind !== 'any' && expected.kind !== 'list')
    return [structural(options, `needs ${typeWords(expected)}; it is a list`)];
  const items = options.expected?.['items'];
  return list.flatMap((item, index) => {
    const itemOptions = {
      scopeSchema: options.scopeSchema,
      label: `Item ${String(index + 1)}`,
      ...(isObject(items) ? { expected: items } : {}),
    };
    return inner(checkBinding(item, itemOptions), String(index));
  });
}

function checkObject(fields: Readonly<Record<string, Binding>>, options: CheckOptions): ExpressionProblem[] {
  const expected = typeFromSchema(options.expected);
  if (expected.kind !== 'any' && expected.kind !== 'object')
    return [structural(options, `needs ${typeWords(expected)}; it is an object`)];
  return checkFields(fields, {
    scopeSchema: options.scopeSchema,
    ...(options.expected ? { expected: options.expected } : {}),
  });
}

/** Checks the fields of an object or of an operation's input: required ones present, no unknown ones, each value fitting. */
export function checkFields(fields: Readonly<Record<string, Binding>>, options: CheckOptions): ExpressionProblem[] {
  const schema = options.expected ?? {};
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  // A field with a default is filled by the connector, whether its schema calls it required or not.
  const hasDefault = (name: string): boolean => isObject(properties[name]) && properties[name]['default'] !== undefined;
  const names = required.filter((name) => typeof name === 'string');
  const missing = names.filter((name) => !Object.hasOwn(fields, name) && !hasDefault(name));
  const problems = missing.flatMap((name) =>
    inner([structural({ ...options, label: labelOf(name, properties[name]) }, 'is required')], name),
  );
  for (const [name, binding] of Object.entries(fields)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const label = labelOf(name, property);
    if (property === undefined && schema['additionalProperties'] === false) {
      problems.push(
        ...inner([structural({ ...options, label: `\`${name}\`` }, 'is not a field of this operation')], name),
      );
    }
    problems.push(
      ...inner(
        checkBinding(binding, {
          scopeSchema: options.scopeSchema,
          label,
          ...(isObject(property) ? { expected: property } : {}),
        }),
        name,
      ),
    );
  }
  return problems;
}

/** The title of a field, or its name in words: `unitPrice` reads "Unit price". */
export function labelOf(name: string, schema?: unknown): string {
  const title = typeof schema === 'object' && schema !== null ? (schema as { title?: unknown }).title : undefined;
  if (typeof title === 'string' && title !== '') return title;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').toLowerCase().trim(); // prettier-ignore
  return words.charAt(0).toUpperCase() + words.slice(1);
}
