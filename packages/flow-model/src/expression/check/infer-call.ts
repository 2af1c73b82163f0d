import { unknownFunction } from '../compile-call.ts';
import { isMacro } from '../compile-macro.ts';
import { textOf } from '../compile-access.ts';
import { optionalMethods } from '../compile-optional.ts';
import {
  checkArgumentCount,
  type FunctionRow,
  type ParameterType,
  type ResultType,
} from '../functions/function-row.ts';
import { findFunction } from '../functions/function-table.ts';
import type { SyntaxNode } from '../parse.ts';
import { unmaskName } from '../reserved-words.ts';
import { expectCondition, reject, type TypeScope, withVariable } from './type-scope.ts';
import {
  anyType,
  booleanType,
  dateType,
  listOf,
  numberType,
  optionalOf,
  textType,
  typeWords,
  unionOf,
  type ValueType,
} from './value-type.ts';

type CallNode = Extract<SyntaxNode, { op: 'call' }>;
type MethodNode = Extract<SyntaxNode, { op: 'rcall' }>;

/** The type of `name(arguments)`. */
export function inferCall(node: CallNode, scope: TypeScope): ValueType {
  const [name, args] = node.args;
  if (name === 'has' && args.length === 1 && args[0]) {
    // `has` asks whether the last field is there, so only the way to it is checked.
    if (args[0].op === '.') scope.infer(args[0].args[0], scope);
    return booleanType;
  }
  return inferFunction({ node, name, args }, scope);
}

/** The type of `receiver.name(arguments)`. */
export function inferMethod(node: MethodNode, scope: TypeScope): ValueType {
  const [name, receiver, args] = node.args;
  if (isMacro(node)) return inferLoop(node, scope);
  if (receiver.op === 'id' && receiver.args === 'optional')
    return optionalOf(args[0] ? scope.infer(args[0], scope) : anyType);
  if (optionalMethods.has(name)) return inferOptionalMethod(node, scope);
  return inferFunction({ node, name, args: [receiver, ...args] }, scope);
}

function inferOptionalMethod(node: MethodNode, scope: TypeScope): ValueType {
  const [name, receiver, args] = node.args;
  const type = scope.infer(receiver, scope);
  const fallback = args[0] ? scope.infer(args[0], scope) : anyType;
  if (type.kind !== 'optional' && type.kind !== 'any') {
    const message = `${name}() works on an optional such as \`a.?b\`; \`${textOf(receiver)}\` is ${typeWords(type)}.`;
    return reject(scope, node, { code: 'expression_type', message });
  }
  if (name === 'hasValue') return booleanType;
  const inner = type.item ?? anyType;
  if (name === 'value') return inner;
  return name === 'or' ? optionalOf(inner) : unionOf([inner, fallback]);
}

function inferLoop(node: MethodNode, scope: TypeScope): ValueType {
  const [name, receiver, args] = node.args;
  const [variable, second, third] = args;
  if (variable?.op !== 'id' || !second) return anyType;
  const variableName = unmaskName(variable.args);
  if (name === 'bind')
    return third ? scope.infer(third, withVariable(scope, variableName, scope.infer(second, scope))) : anyType;
  const item = itemType(receiver, scope.infer(receiver, scope), scope);
  const inner = withVariable(scope, variableName, item);
  if (name === 'map' && !third) return listOf(scope.infer(second, inner));
  expectCondition(second, inner);
  if (name === 'map' && third) return listOf(scope.infer(third, inner));
  return name === 'filter' ? listOf(item) : booleanType;
}

function itemType(node: SyntaxNode, type: ValueType, scope: TypeScope): ValueType {
  if (type.kind === 'list') return type.item ?? anyType;
  if (type.kind === 'object') return textType;
  if (type.kind === 'any') return anyType;
  const message = `A list is needed here; \`${textOf(node)}\` is ${typeWords(type)}.`;
  return reject(scope, node, { code: 'expression_type', message });
}

interface Call {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly args: readonly SyntaxNode[];
}

function inferFunction(call: Call, scope: TypeScope): ValueType {
  const types = call.args.map((arg) => scope.infer(arg, scope));
  const row = findFunction(call.name);
  if (!row) return reject(scope, call.node, { code: 'expression_reference', message: unknownFunction(call.name) });
  const wrong = checkArgumentCount(row, call.args.length);
  if (wrong !== undefined) return reject(scope, call.node, { code: 'expression_syntax', message: wrong });
  types.forEach((type, index) => {
    checkArgument({ call, row, index, type }, scope);
  });
  return resultType(row.returns, types[0] ?? anyType);
}

interface Argument {
  readonly call: Call;
  readonly row: FunctionRow;
  readonly index: number;
  readonly type: ValueType;
}

const accepted: Readonly<Record<ParameterType, readonly ValueType['kind'][]>> = {
  any: ['nothing', 'boolean', 'number', 'text', 'list', 'object', 'optional'],
  text: ['text'],
  date: ['text'],
  number: ['number'],
  boolean: ['boolean'],
  list: ['list'],
  object: ['object'],
  sized: ['text', 'list', 'object'],
  text_or_list: ['text', 'list'],
};

const parameterWords: Readonly<Record<ParameterType, string>> = {
  any: 'any value',
  text: 'text',
  date: 'a date',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object',
  sized: 'text, a list or an object',
  text_or_list: 'text or a list',
};

function checkArgument({ call, row, index, type }: Argument, scope: TypeScope): void {
  const parameter = row.parameters[index];
  const node = call.args[index];
  const isFitting = !parameter || !node || type.kind === 'any' || accepted[parameter.type].includes(type.kind);
  // An optional is unwrapped when it is passed, so what counts is its value.
  if (isFitting || (type.kind === 'optional' && accepted[parameter.type].includes((type.item ?? anyType).kind))) return;
  const text = textOf(node);
  const message = `${row.name}() needs ${parameterWords[parameter.type]} as \`${parameter.name}\`; \`${text}\` is ${typeWords(type)}.`;
  if (type.kind !== 'optional' || type.item?.kind !== 'any') reject(scope, node, { code: 'expression_type', message });
}

function resultType(returns: ResultType, first: ValueType): ValueType {
  switch (returns) {
    case 'text':
      return textType;
    case 'date':
      return dateType;
    case 'number':
      return numberType;
    case 'boolean':
      return booleanType;
    case 'object':
      return { kind: 'object' };
    case 'list':
      return listOf(anyType);
    case 'list<text>':
      return listOf(textType);
    case 'list<number>':
      return listOf(numberType);
    case 'same':
      return first;
    case 'item':
      return first.item ?? anyType;
    default:
      return anyType;
  }
}
