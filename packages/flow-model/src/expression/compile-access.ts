import { readField, readOptional, type Access } from './access.ts';
import type { CompileScope } from './compile-scope.ts';
import type { SyntaxNode } from './parse.ts';
import type { Evaluate } from './runtime.ts';
import type { AccessNode } from './syntax-tree.ts';
import { unmaskName } from './reserved-words.ts';
import { noValue, type Value } from './value.ts';

type Read = (access: Access, value: Value, key: Value) => Value;

/** Compiles `a.b`, `a.?b`, `a[b]` and `a[?b]`. */
export function compileAccess(node: AccessNode, scope: CompileScope): Evaluate {
  const [target, key] = node.args;
  const read: Read = node.op === '.' || node.op === '[]' ? readField : readOptional;
  const owner = read === readOptional ? compileOptionalOwner(target, scope) : scope.compile(target, scope);
  const ownerText = textOf(target);
  if (typeof key === 'string') {
    return (runtime) => read({ runtime, place: node, owner: ownerText }, owner(runtime), key);
  }
  const index = scope.compile(key, scope);
  return (runtime) => read({ runtime, place: node, owner: ownerText }, owner(runtime), index(runtime));
}

/** The source of a node as the person wrote it. */
export function textOf(node: SyntaxNode): string {
  return node.input.slice(node.start, node.end).replace(/\bLOOP\b/g, 'loop');
}

/** `step.?field` is empty, not an error, when the step has not run and its name is not there. */
function compileOptionalOwner(target: SyntaxNode, scope: CompileScope): Evaluate {
  const evaluate = scope.compile(target, scope);
  if (target.op !== 'id') return evaluate;
  const name = unmaskName(target.args);
  return (runtime) => (scope.slots.has(name) || Object.hasOwn(runtime.scope, name) ? evaluate(runtime) : noValue);
}
