import { isAppError, AppError } from '@patchbay/errors';
import type { JsonValue } from '../document/json.ts';
import type { Binding } from '../document/step.ts';
import { compile } from './compile.ts';
import { plain } from './compile-scope.ts';
import { childNodes } from './syntax-tree.ts';
import { payForValue, toText } from './functions/to-text.ts';
import { parseFormula, type SourcePlace, type SyntaxNode } from './parse.ts';
import { newBudget, spendText, type Budget, type Evaluate, type Place, type Runtime } from './runtime.ts';
import { splitTemplate, type TemplatePart } from './template.ts';
import { setProperty, type ExpressionScope } from './value.ts';

interface Compiled {
  readonly evaluate: Evaluate;
  readonly root: Place;
  /** True if the result may hold newly built parts, whose size must be paid for. */
  readonly canBuild: boolean;
}

/** Compiled sources: a pure memo. The oldest entry leaves when it is full. */
const maxCached = 2_000;
const formulas = new Map<string, Compiled>();
const templates = new Map<string, readonly TemplatePart[]>();

function remember<Result>(cache: Map<string, Result>, source: string, make: () => Result): Result {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= maxCached) cache.delete(cache.keys().next().value ?? '');
  cache.set(source, made);
  return made;
}

function compiledFormula(formula: string, place: SourcePlace): Compiled {
  return remember(formulas, formula, () => {
    const root = parseFormula(formula, place);
    try {
      return { evaluate: compile(root, { slots: new Map() }), root, canBuild: canBuild(root) };
    } catch (error) {
      throw moveError(error, place);
    }
  });
}

/** An error found while compiling names its place in the formula; this makes it a place in the whole text. */
function moveError(error: unknown, place: SourcePlace): unknown {
  if (!isAppError(error)) return error;
  const column = Number(error.details['column'] ?? 1) + place.offset;
  return new AppError(error.code, { message: error.message, details: { column, source: place.source } });
}

function canBuild(node: SyntaxNode): boolean {
  if (node.op === 'call' || node.op === 'rcall' || node.op === 'list' || node.op === 'map') return true;
  return node.op === '+' || childNodes(node).some(canBuild);
}

interface Work {
  readonly scope: ExpressionScope;
  readonly budget: Budget;
}

function runFormula(formula: string, work: Work, place: SourcePlace): JsonValue {
  const compiled = compiledFormula(formula, place);
  const runtime: Runtime = { ...place, scope: work.scope, budget: work.budget, locals: [] };
  const value = plain(compiled.evaluate(runtime));
  if (compiled.canBuild && typeof value === 'object') payForValue({ runtime, place: compiled.root }, value);
  return value;
}

/**
 * The value of a formula. Pure: the same source, scope and moment give the same result, everywhere.
 * Throws `expression_syntax`, `expression_reference` (unknown name or function), `expression_failed` (the data does not
 * fit) or `expression_too_costly`, each with `details: { column, source }`, column 1-based.
 * A `budget` of one's own tells afterwards how much work it was.
 */
export function evaluateFormula(source: string, scope: ExpressionScope, budget: Budget = newBudget()): JsonValue {
  return runFormula(source, { scope, budget }, { source, offset: 0 });
}

/** The text of a `{{ }}` template: nothing becomes empty text, lists and objects become JSON. Throws like {@link evaluateFormula}. */
export function renderTemplate(source: string, scope: ExpressionScope): string {
  return runTemplate(source, { scope, budget: newBudget() });
}

function runTemplate(source: string, work: Work): string {
  const parts = remember(templates, source, () => splitTemplate(source));
  return parts.map((part) => runPart(part, source, work)).join('');
}

function runPart(part: TemplatePart, source: string, work: Work): string {
  if (part.kind === 'text') return part.text;
  const runtime: Runtime = { ...work, source, offset: part.start, locals: [] };
  const text = toText({ runtime, place: { pos: 0 } }, runFormula(part.formula, work, { source, offset: part.start }));
  spendText(runtime, { pos: 0 }, text.length);
  return text;
}

/**
 * The value of a binding: a literal, a template, a formula, or objects and lists of them. One step budget for all of it.
 * Throws like {@link evaluateFormula}, with the place inside the binding as JSON pointer in `details.field`.
 */
export function resolveBinding(binding: Binding, scope: ExpressionScope, budget: Budget = newBudget()): JsonValue {
  return resolve(binding, { scope, budget }, '');
}

function resolve(binding: Binding, work: Work, pointer: string): JsonValue {
  if ('value' in binding) return binding.value;
  if ('list' in binding) return binding.list.map((item, index) => resolve(item, work, `${pointer}/${String(index)}`));
  if ('object' in binding) {
    const object: { [key: string]: JsonValue } = {};
    for (const key of Object.keys(binding.object)) {
      const field = binding.object[key];
      if (field) setProperty(object, key, resolve(field, work, `${pointer}/${escapePointer(key)}`));
    }
    return object;
  }
  try {
    if ('template' in binding) return runTemplate(binding.template, work);
    return runFormula(binding.formula, work, { source: binding.formula, offset: 0 });
  } catch (error) {
    throw withField(error, pointer);
  }
}

function withField(error: unknown, field: string): unknown {
  if (!isAppError(error) || field === '') return error;
  return new AppError(error.code, { message: error.message, hint: error.hint, details: { ...error.details, field } });
}

/** A name as one segment of a JSON pointer. */
export function escapePointer(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}
