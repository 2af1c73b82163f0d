/** Function and method calls: CEL's macros, optionals, then the function table. `f(x)` and `x.f()` are the same. */
import { AppError, type ErrorCode } from '@patchbay/errors';
import { lookUp } from './access.ts';
import { plain, type CompileScope } from './compile-scope.ts';
import { textOf } from './compile-access.ts';
import { compileMacro, isMacro } from './compile-macro.ts';
import { compileOptionalMethod, optionalMethods } from './compile-optional.ts';
import { checkArgumentCount, FunctionCall } from './functions/function-row.ts';
import { findFunction, functionNames } from './functions/function-table.ts';
import { nearest } from './nearest.ts';
import type { SyntaxNode } from './parse.ts';
import { spend, type Evaluate, type Place } from './runtime.ts';

type CallNode = Extract<SyntaxNode, { op: 'call' }>;
type MethodNode = Extract<SyntaxNode, { op: 'rcall' }>;

/** Compiles `name(arguments)`. */
export function compileCall(node: CallNode, scope: CompileScope): Evaluate {
  const [name, args] = node.args;
  if (name === 'has' && args.length === 1 && args[0]) return compileHas(args[0], scope);
  return compileFunction({ name, args, place: node, source: node.input }, scope);
}

/** Compiles `receiver.name(arguments)`. */
export function compileMethod(node: MethodNode, scope: CompileScope): Evaluate {
  const [name, receiver, args] = node.args;
  if (isMacro(node)) return compileMacro(node, scope);
  if (optionalMethods.has(name) || (receiver.op === 'id' && receiver.args === 'optional')) {
    return compileOptionalMethod(node, scope);
  }
  return compileFunction({ name, args: [receiver, ...args], place: node, source: node.input }, scope);
}

interface CallSite {
  readonly name: string;
  readonly args: readonly SyntaxNode[];
  readonly place: Place;
  readonly source: string;
}

function compileFunction(site: CallSite, scope: CompileScope): Evaluate {
  const row = findFunction(site.name);
  if (!row) throw siteError(site, 'expression_reference', unknownFunction(site.name));
  const wrong = checkArgumentCount(row, site.args.length);
  if (wrong !== undefined) throw siteError(site, 'expression_syntax', wrong);
  const args = site.args.map((arg) => scope.compile(arg, scope));
  return (runtime) => {
    spend(runtime, site.place, 1);
    return row.call(
      new FunctionCall(row, { values: args.map((arg) => plain(arg(runtime))), runtime, place: site.place }),
    );
  };
}

/** The sentence for a function that does not exist, with the nearest one that does. */
export function unknownFunction(name: string): string {
  const suggestion = nearest(name, functionNames());
  return `There is no function \`${name}\`.${suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`}`;
}

function siteError(site: CallSite, code: ErrorCode, message: string): AppError {
  return new AppError(code, { message, details: { column: site.place.pos + 1, source: site.source } });
}

/** `has(a.b)`: is the field there? The way to it must be there, as in CEL; `.?` on the way makes it optional. */
function compileHas(field: SyntaxNode, scope: CompileScope): Evaluate {
  if (field.op !== '.') {
    const message = `has() needs a field, for example has(trigger.name); it got \`${textOf(field)}\`.`;
    throw new AppError('expression_syntax', { message, details: { column: field.start + 1, source: field.input } });
  }
  const [ownerNode, key] = field.args;
  const owner = scope.compile(ownerNode, scope);
  return (runtime) => lookUp(plain(owner(runtime)), key) !== undefined;
}
