/** What a formula refers to, and how to rewrite it when a step gets another key. Works on text; nothing is evaluated. */
import { isAppError } from '@patchbay/errors';
import type { JsonValue } from '../document/json.ts';
import type { Binding } from '../document/step.ts';
import { literalValue } from './compile.ts';
import { isMacro } from './compile-macro.ts';
import { parseFormula, type SyntaxNode } from './parse.ts';
import { findNames, unmaskName } from './reserved-words.ts';
import { childNodes } from './syntax-tree.ts';
import { splitTemplate, type TemplatePart } from './template.ts';

/** One use of data: `look_up.rows[0].sku` is root `look_up`, path `['rows', 0, 'sku']`. */
export interface Reference {
  readonly root: string;
  readonly path: readonly (string | number)[];
  /** 1-based column of the root. */
  readonly column: number;
}

/** A formula that is exactly one piece of data, which the UI shows as a pill. */
export interface Pill {
  readonly root: string;
  readonly path: readonly (string | number)[];
  /** True if some part of the path may be missing (`.?`). */
  readonly isOptional: boolean;
  /** Value that stands in when it is missing: `a.?b.orValue("-")`. */
  readonly fallback?: JsonValue;
}

type Tree = SyntaxNode | undefined;

function tryParse(formula: string): Tree {
  try {
    return parseFormula(formula);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** All references of a formula, loop variables left out. Empty for a formula that cannot be read. */
export function listReferences(source: string): Reference[] {
  const references: Reference[] = [];
  const tree = tryParse(source);
  if (tree) collect(tree, new Set(), references);
  return references;
}

function collect(node: SyntaxNode, variables: ReadonlySet<string>, into: Reference[]): void {
  const path = readPath(node);
  if (path) {
    if (!variables.has(path.root)) into.push({ root: path.root, path: path.path, column: path.start + 1 });
    return;
  }
  visitChildren(node, variables, (child, inner) => {
    collect(child, inner, into);
  });
}

type Visit = (child: SyntaxNode, variables: ReadonlySet<string>) => void;

/** Visits the parts of a node that refer to data, each with the loop variables that hide names there. */
function visitChildren(node: SyntaxNode, variables: ReadonlySet<string>, visit: Visit): void {
  if (node.op !== 'rcall' || !isMacro(node)) {
    const isNamespace = node.op === 'rcall' && node.args[1].op === 'id' && node.args[1].args === 'optional';
    for (const child of childNodes(node).slice(isNamespace ? 1 : 0)) visit(child, variables);
    return;
  }
  const [name, receiver, [variable, ...rest]] = node.args;
  const inner = variable?.op === 'id' ? new Set(variables).add(unmaskName(variable.args)) : variables;
  if (name !== 'bind') visit(receiver, variables);
  rest.forEach((child, index) => {
    visit(child, name === 'bind' && index === 0 ? variables : inner);
  });
}

interface Path {
  readonly root: string;
  readonly path: readonly (string | number)[];
  readonly isOptional: boolean;
  readonly start: number;
}

/** The path a node spells, when it is nothing but a name with fields and fixed indexes. */
function readPath(node: SyntaxNode): Path | undefined {
  if (node.op === 'id') return { root: unmaskName(node.args), path: [], isOptional: false, start: node.start };
  if (node.op !== '.' && node.op !== '.?' && node.op !== '[]' && node.op !== '[?]') return undefined;
  const owner = readPath(node.args[0]);
  const segment = typeof node.args[1] === 'string' ? node.args[1] : fixedIndex(node.args[1]);
  if (!owner || segment === undefined) return undefined;
  const isOptional = owner.isOptional || node.op === '.?' || node.op === '[?]';
  return { ...owner, path: [...owner.path, segment], isOptional };
}

function fixedIndex(node: SyntaxNode): string | number | undefined {
  if (node.op !== 'value') return undefined;
  const value = literalValue(node);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Reads a formula that is exactly one path, with or without a literal fallback; undefined for anything else. */
export function parsePill(source: string): Pill | undefined {
  const tree = tryParse(source);
  if (!tree) return undefined;
  const isFallback = tree.op === 'rcall' && tree.args[0] === 'orValue' && tree.args[2].length === 1;
  const path = readPath(isFallback ? tree.args[1] : tree);
  if (!path) return undefined;
  const pill = { root: path.root, path: path.path, isOptional: path.isOptional };
  if (!isFallback) return pill;
  const [argument] = tree.args[2];
  return argument?.op === 'value' ? { ...pill, fallback: literalValue(argument) } : undefined;
}

/** Rewrites a root name everywhere in a formula; loop variables of the same name, fields and texts stay. */
export function renameReference(source: string, from: string, to: string): string {
  const tree = tryParse(source);
  const places = tree ? namePlaces(tree, from) : findNames(source, from);
  return replaceAt(source, places, { length: from.length, text: to });
}

function namePlaces(tree: SyntaxNode, name: string): number[] {
  const places: number[] = [];
  const visit: Visit = (node, variables) => {
    if (node.op === 'id' && unmaskName(node.args) === name && !variables.has(name)) places.push(node.start);
    visitChildren(node, variables, visit);
  };
  visit(tree, new Set());
  return places.sort((left, right) => left - right);
}

function replaceAt(source: string, places: readonly number[], replacement: { length: number; text: string }): string {
  let result = '';
  let position = 0;
  for (const place of places) {
    result += source.slice(position, place) + replacement.text;
    position = place + replacement.length;
  }
  return result + source.slice(position);
}

/** Like {@link renameReference} for the formulas inside a `{{ }}` template. */
export function renameInTemplate(source: string, from: string, to: string): string {
  const parts = trySplit(source);
  if (!parts) return source;
  return parts
    .map((part) => (part.kind === 'text' ? part.text : `{{${renameReference(part.formula, from, to)}}}`))
    .join('');
}

function trySplit(source: string): TemplatePart[] | undefined {
  try {
    return splitTemplate(source);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** Like {@link renameReference} for every formula and template of a binding. */
export function renameInBinding(binding: Binding, from: string, to: string): Binding {
  if ('value' in binding) return binding;
  if ('formula' in binding) return { formula: renameReference(binding.formula, from, to) };
  if ('template' in binding) return { template: renameInTemplate(binding.template, from, to) };
  if ('list' in binding) return { list: binding.list.map((item) => renameInBinding(item, from, to)) };
  const entries = Object.entries(binding.object);
  return { object: Object.fromEntries(entries.map(([key, field]) => [key, renameInBinding(field, from, to)])) };
}

/** All references of a binding, templates and nested parts included. */
export function listBindingReferences(binding: Binding): Reference[] {
  if ('value' in binding) return [];
  if ('formula' in binding) return listReferences(binding.formula);
  if ('list' in binding) return binding.list.flatMap(listBindingReferences);
  if ('object' in binding) return Object.values(binding.object).flatMap(listBindingReferences);
  const parts = trySplit(binding.template) ?? [];
  return parts.flatMap((part) => {
    if (part.kind === 'text') return [];
    return listReferences(part.formula).map((reference) => ({ ...reference, column: reference.column + part.start }));
  });
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Writes a path as a formula: `look_up.rows[0]["unit price"]`; `isOptional` puts `?` before every field. */
export function writePath(root: string, path: readonly (string | number)[], isOptional = false): string {
  const mark = isOptional ? '?' : '';
  const segments = path.map((segment) => {
    if (typeof segment === 'number') return `[${mark}${String(segment)}]`;
    return plainName.test(segment) && segment !== 'in' ? `.${mark}${segment}` : `[${mark}${JSON.stringify(segment)}]`;
  });
  return root + segments.join('');
}
