/** Turns a syntax tree into closures. Compiled once per source, then run many times. */
import { AppError } from '@patchbay/errors';
import type { JsonValue } from '../document/json.ts';
import { expectBoolean, plain, type CompileScope } from './compile-scope.ts';
import { compileAccess } from './compile-access.ts';
import { compileCall, compileMethod } from './compile-call.ts';
import { compileConditional, compileLogical } from './compile-logical.ts';
import { binaryOperators } from './operators.ts';
import type { SyntaxNode } from './parse.ts';
import { isAccess } from './syntax-tree.ts';
import { unmaskName } from './reserved-words.ts';
import { expressionError, failure, type Evaluate } from './runtime.ts';
import { setProperty, typeWord } from './value.ts';

/** Compiles one node and everything below it. Throws `expression_syntax` for CEL we do not support (bytes). */
export function compile(node: SyntaxNode, scope: Pick<CompileScope, 'slots'>): Evaluate {
  return compileNode(node, { slots: scope.slots, compile: compileNode });
}

function compileNode(node: SyntaxNode, scope: CompileScope): Evaluate {
  if (isAccess(node)) return compileAccess(node, scope);
  switch (node.op) {
    case 'value':
      return compileLiteral(node);
    case 'id':
      return compileName(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'rcall':
      return compileMethod(node, scope);
    case 'list':
      return compileList(node.args, scope);
    case 'map':
      return compileObject(node, scope);
    case '?:':
      return compileConditional(node, scope);
    default:
      return compileOperator(node, scope);
  }
}

function compileOperator(node: SyntaxNode, scope: CompileScope): Evaluate {
  switch (node.op) {
    case '||':
    case '&&':
      return compileLogical(node, scope);
    case '!_':
    case '-_':
      return compileUnary(node, scope);
    default:
      return compileBinary(node, scope);
  }
}

type NodeOf<Op extends SyntaxNode['op']> = Extract<SyntaxNode, { op: Op }>;

/** A literal of the source as JSON; whole numbers become plain numbers. */
export function literalValue(node: NodeOf<'value'>): JsonValue {
  const literal = node.args;
  if (literal === null || typeof literal === 'string' || typeof literal === 'boolean' || typeof literal === 'number')
    return literal;
  if (literal instanceof Uint8Array) throw unsupported(node, 'Byte texts (b"...") are not supported.');
  const number = Number(literal.valueOf());
  if (!Number.isSafeInteger(number)) throw unsupported(node, 'The number is too large to be exact.');
  return number;
}

function unsupported(node: SyntaxNode, message: string): AppError {
  return new AppError('expression_syntax', { message, details: { column: node.pos + 1, source: node.input } });
}

function compileLiteral(node: NodeOf<'value'>): Evaluate {
  const value = literalValue(node);
  return () => value;
}

function compileName(node: NodeOf<'id'>, scope: CompileScope): Evaluate {
  const name = unmaskName(node.args);
  const slot = scope.slots.get(name);
  if (slot !== undefined) return (runtime) => runtime.locals[slot] ?? null;
  return (runtime) => {
    if (Object.hasOwn(runtime.scope, name)) return runtime.scope[name] ?? null;
    throw expressionError(runtime, node, {
      code: 'expression_reference',
      message: `There is no \`${name}\` here, or it has not run.`,
    });
  };
}

function compileList(nodes: readonly SyntaxNode[], scope: CompileScope): Evaluate {
  const items = nodes.map((node) => compileNode(node, scope));
  return (runtime) => items.map((item) => plain(item(runtime)));
}

function compileObject(node: NodeOf<'map'>, scope: CompileScope): Evaluate {
  const entries = node.args.map(([key, value]) => ({
    place: key,
    key: compileNode(key, scope),
    value: compileNode(value, scope),
  }));
  return (runtime) => {
    const object: { [key: string]: JsonValue } = {};
    for (const entry of entries) {
      const key = entry.key(runtime);
      if (typeof key !== 'string')
        throw failure(runtime, entry.place, `The key of an object must be text; it is ${typeWord(key)}.`);
      setProperty(object, key, plain(entry.value(runtime)));
    }
    return object;
  };
}

function compileUnary(node: NodeOf<'!_'> | NodeOf<'-_'>, scope: CompileScope): Evaluate {
  const operand = compileNode(node.args, scope);
  if (node.op === '!_') return (runtime) => !expectBoolean(runtime, node.args, operand(runtime));
  return (runtime) => {
    const value = operand(runtime);
    if (typeof value !== 'number') throw failure(runtime, node.args, `"-" needs a number; it got ${typeWord(value)}.`);
    return -value;
  };
}

function compileBinary(node: SyntaxNode, scope: CompileScope): Evaluate {
  const operator = binaryOperators[node.op];
  // The parser gives pairs for every sign of the operator table; anything else is a new node kind of a newer parser.
  const pair = node.args as [SyntaxNode, SyntaxNode];
  if (!operator) throw unsupported(node, `"${node.op}" is not supported.`);
  const left = compileNode(pair[0], scope);
  const right = compileNode(pair[1], scope);
  return (runtime) => operator({ runtime, place: node }, left(runtime), right(runtime));
}
