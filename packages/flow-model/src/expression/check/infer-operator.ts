import { textOf } from '../compile-access.ts';
import type { SyntaxNode } from '../parse.ts';
import { expectCondition, reject, type TypeScope } from './type-scope.ts';
import {
  anyType,
  booleanType,
  dateType,
  numberType,
  textType,
  typeWords,
  unionOf,
  type ValueType,
} from './value-type.ts';

/** The type of an operator's result; reports operands that cannot work. */
export function inferOperator(node: SyntaxNode, scope: TypeScope): ValueType {
  if (node.op === '!_') return expectCondition(node.args, scope);
  if (node.op === '-_') {
    expectNumber(node.args, scope.infer(node.args, scope), scope);
    return numberType;
  }
  // Every other operator is binary; `compile` says the same.
  const [left, right] = node.args as [SyntaxNode, SyntaxNode];
  if (node.op === '&&' || node.op === '||') {
    expectCondition(left, scope);
    return expectCondition(right, scope);
  }
  const pair: Pair = { node, left, right, leftType: scope.infer(left, scope), rightType: scope.infer(right, scope) };
  return inferBinary(pair, scope);
}

interface Pair {
  readonly node: SyntaxNode;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  readonly leftType: ValueType;
  readonly rightType: ValueType;
}

function inferBinary(pair: Pair, scope: TypeScope): ValueType {
  switch (pair.node.op) {
    case '==':
    case '!=':
      checkComparable(pair, scope);
      return booleanType;
    case 'in':
      checkContainer(pair, scope);
      return booleanType;
    case '<':
    case '<=':
    case '>':
    case '>=':
      expectSameKind(pair, scope, ['number', 'text', 'boolean']);
      return booleanType;
    case '+':
      return inferSum(pair, scope);
    case '-':
      return inferDifference(pair, scope);
    default:
      expectNumber(pair.left, pair.leftType, scope);
      expectNumber(pair.right, pair.rightType, scope);
      return numberType;
  }
}

function expectNumber(node: SyntaxNode, type: ValueType, scope: TypeScope): void {
  if (type.kind === 'number' || type.kind === 'any') return;
  const text = textOf(node);
  const hint = type.kind === 'text' ? ` Convert it: \`number(${text})\`.` : '';
  reject(scope, node, {
    code: 'expression_type',
    message: `A number is needed; \`${text}\` is ${typeWords(type)}.${hint}`,
  });
}

const isDate = (type: ValueType): boolean => type.dateFormat !== undefined;

/** A date and a time in seconds, whichever stands first. */
const isMovedDate = (date: ValueType, seconds: ValueType): boolean => isDate(date) && seconds.kind === 'number';

/** Numbers, a date less a time, or the seconds between two dates. */
function inferDifference(pair: Pair, scope: TypeScope): ValueType {
  const { left, right, leftType, rightType } = pair;
  if (isMovedDate(leftType, rightType)) return dateType;
  if (isDate(leftType) && isDate(rightType)) return numberType;
  // Something unknown may be a date, and then the result is one, or the seconds between two.
  if (leftType.kind === 'any' && (rightType.kind === 'number' || rightType.kind === 'any')) return anyType;
  if ((leftType.kind === 'any' && isDate(rightType)) || (isDate(leftType) && rightType.kind === 'any')) return anyType;
  expectNumber(left, leftType, scope);
  expectNumber(right, rightType, scope);
  return numberType;
}

function inferSum(pair: Pair, scope: TypeScope): ValueType {
  const { leftType, rightType } = pair;
  if (leftType.kind === 'any' || rightType.kind === 'any') {
    const known = leftType.kind === 'any' ? rightType : leftType;
    return known.kind === 'text' ? textType : anyType;
  }
  if (isMovedDate(leftType, rightType) || isMovedDate(rightType, leftType)) return dateType;
  if (!expectSameKind(pair, scope, ['number', 'text', 'list'])) return anyType;
  if (leftType.kind === 'text') return textType;
  return leftType.kind === 'list' ? unionOf([leftType, rightType]) : leftType;
}

function expectSameKind(pair: Pair, scope: TypeScope, kinds: readonly ValueType['kind'][]): boolean {
  const { node, leftType, rightType } = pair;
  const isAny = leftType.kind === 'any' || rightType.kind === 'any';
  if (isAny || (leftType.kind === rightType.kind && kinds.includes(leftType.kind))) return true;
  const message = `"${node.op}" cannot work on ${typeWords(leftType)} and ${typeWords(rightType)}.${conversionHint(pair)}`;
  reject(scope, node, { code: 'expression_type', message });
  return false;
}

function conversionHint({ left, right, leftType, rightType }: Pair): string {
  const kinds = [leftType.kind, rightType.kind];
  if (!kinds.includes('text') || !kinds.includes('number')) return '';
  const text = textOf(leftType.kind === 'text' ? left : right);
  const number = textOf(leftType.kind === 'number' ? left : right);
  return ` Convert one: \`number(${text})\` or \`string(${number})\`.`;
}

/** Two values of different types are never equal: almost always a mistake, but it runs. */
function checkComparable({ node, leftType, rightType }: Pair, scope: TypeScope): void {
  const kinds = [leftType.kind, rightType.kind];
  if (kinds.includes('any') || kinds.includes('nothing') || leftType.kind === rightType.kind) return;
  const message = `${typeWords(leftType)} never equals ${typeWords(rightType)}.`;
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  scope.report({ severity: 'warning', code: 'expression_type', message: sentence, position: node.pos });
}

function checkContainer({ right, rightType }: Pair, scope: TypeScope): void {
  if (rightType.kind === 'list' || rightType.kind === 'object' || rightType.kind === 'any') return;
  const message = `"in" needs a list or an object; \`${textOf(right)}\` is ${typeWords(rightType)}.`;
  reject(scope, right, { code: 'expression_type', message });
}
