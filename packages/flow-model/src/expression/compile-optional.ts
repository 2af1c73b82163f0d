/** `optional.of(x)`, `optional.none()` and the methods of optionals: `orValue`, `or`, `hasValue`, `value`. */
import { AppError } from '@patchbay/errors';
import { plain, type CompileScope } from './compile-scope.ts';
import type { SyntaxNode } from './parse.ts';
import { failure, type Evaluate, type Runtime } from './runtime.ts';
import { noValue, OptionalValue, typeWord, type Value } from './value.ts';

type MethodNode = Extract<SyntaxNode, { op: 'rcall' }>;

/** Method names that always mean an optional, with their number of arguments. */
export const optionalMethods: ReadonlyMap<string, number> = new Map([
  ['orValue', 1],
  ['or', 1],
  ['hasValue', 0],
  ['value', 0],
]);

/** Compiles one call on an optional. */
export function compileOptionalMethod(node: MethodNode, scope: CompileScope): Evaluate {
  const [name, receiver, args] = node.args;
  if (receiver.op === 'id' && receiver.args === 'optional') return compileConstructor(node, scope);
  if (args.length !== optionalMethods.get(name))
    throw wrongUse(node, `${name}() got ${String(args.length)} arguments.`);
  const optional = scope.compile(receiver, scope);
  const [argNode] = args;
  const arg = argNode ? scope.compile(argNode, scope) : () => null;
  switch (name) {
    case 'orValue':
      return (runtime) => expectOptional(runtime, node, optional(runtime)).value ?? plain(arg(runtime));
    case 'or':
      return (runtime) => {
        const value = expectOptional(runtime, node, optional(runtime));
        return value.value === undefined ? expectOptional(runtime, node, arg(runtime)) : value;
      };
    case 'hasValue':
      return (runtime) => expectOptional(runtime, node, optional(runtime)).value !== undefined;
    default:
      return (runtime) => unwrap(runtime, node, optional(runtime));
  }
}

function compileConstructor(node: MethodNode, scope: CompileScope): Evaluate {
  const [name, , args] = node.args;
  const [argNode] = args;
  if (name === 'none' && args.length === 0) return () => noValue;
  if (name !== 'of' || args.length !== 1 || !argNode)
    throw wrongUse(node, 'Write optional.of(value) or optional.none().');
  const arg = scope.compile(argNode, scope);
  return (runtime) => new OptionalValue(plain(arg(runtime)));
}

function wrongUse(node: MethodNode, message: string): AppError {
  return new AppError('expression_syntax', { message, details: { column: node.pos + 1, source: node.input } });
}

function expectOptional(runtime: Runtime, node: MethodNode, value: Value): OptionalValue {
  if (value instanceof OptionalValue) return value;
  const message = `${node.args[0]}() works on an optional such as \`a.?b\`; here stands ${typeWord(value)}.`;
  throw failure(runtime, node, message);
}

function unwrap(runtime: Runtime, node: MethodNode, value: Value): Value {
  const inner = expectOptional(runtime, node, value).value;
  if (inner === undefined) throw failure(runtime, node, 'The value is missing; give a fallback with orValue(...).');
  return inner;
}
