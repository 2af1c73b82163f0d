import type { JsonValue } from '../document/json.ts';
import type { SyntaxNode } from './parse.ts';
import { failure, type Evaluate, type Runtime } from './runtime.ts';
import { OptionalValue, typeWord, type Value } from './value.ts';

/** What a node sees while it is compiled. */
export interface CompileScope {
  /** The loop variables around it, by slot. */
  readonly slots: ReadonlyMap<string, number>;
  /** Compiles a node below it; handed down, so that the files of the node kinds need not import the whole compiler. */
  readonly compile: (node: SyntaxNode, scope: CompileScope) => Evaluate;
}

/** An empty optional inside a list or object counts as null. */
export function plain(value: Value): JsonValue {
  return value instanceof OptionalValue ? (value.value ?? null) : value;
}

/** The value as a condition; anything but true or false is an error. */
export function expectBoolean(runtime: Runtime, node: SyntaxNode, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw failure(runtime, node, `Here stands ${typeWord(value)}, but true or false is needed.`);
}
