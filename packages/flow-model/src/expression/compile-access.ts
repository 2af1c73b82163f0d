import { readField, readOptional, type Access } from './access.ts';
import { compile, type CompileScope } from './compile.ts';
import type { SyntaxNode } from './parse.ts';
import type { Evaluate } from './runtime.ts';
import type { AccessNode } from './syntax-tree.ts';
import type { Value } from './value.ts';

type Read = (access: Access, value: Value, key: Value) => Value;

/** Compiles `a.b`, `a.?b`, `a[b]` and `a[?b]`. */
export function compileAccess(node: AccessNode, scope: CompileScope): Evaluate {
  const [target, key] = node.args;
  const owner = compile(target, scope);
  const read: Read = node.op === '.' || node.op === '[]' ? readField : readOptional;
  const ownerText = textOf(target);
  if (typeof key === 'string') {
    return (runtime) => read({ runtime, place: node, owner: ownerText }, owner(runtime), key);
  }
  const index = compile(key, scope);
  return (runtime) => read({ runtime, place: node, owner: ownerText }, owner(runtime), index(runtime));
}

/** The source of a node as the person wrote it. */
export function textOf(node: SyntaxNode): string {
  return node.input.slice(node.start, node.end).replace(/\bLOOP\b/g, 'loop');
}
