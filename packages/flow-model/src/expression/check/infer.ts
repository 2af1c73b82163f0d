/** The type of a formula, and every problem on the way. A part with a problem counts as `any`, so one mistake gives one problem. */
import { literalValue } from '../compile.ts';
import { textOf } from '../compile-access.ts';
import { nearest } from '../nearest.ts';
import { listNames } from '../access.ts';
import type { SyntaxNode } from '../parse.ts';
import { unmaskName } from '../reserved-words.ts';
import { isAccess, type AccessNode } from '../syntax-tree.ts';
import { inferCall, inferMethod } from './infer-call.ts';
import { inferOperator } from './infer-operator.ts';
import { expectCondition, reject, type TypeScope } from './type-scope.ts';
import {
  anyType,
  listOf,
  objectOf,
  optionalOf,
  typeOfValue,
  typeWords,
  unionOf,
  type ValueType,
} from './value-type.ts';

/** The type of a node. */
export function infer(node: SyntaxNode, scope: TypeScope): ValueType {
  if (isAccess(node)) return inferAccess(node, scope);
  switch (node.op) {
    case 'value':
      return typeOfValue(literalValue(node));
    case 'id':
      return inferName(node.args, node, scope);
    case 'call':
      return inferCall(node, scope);
    case 'rcall':
      return inferMethod(node, scope);
    case 'list':
      return listOf(node.args.length === 0 ? anyType : unionOf(node.args.map((item) => infer(item, scope))));
    case 'map':
      return inferObject(node, scope);
    case '?:':
      return inferConditional(node.args, scope);
    default:
      return inferOperator(node, scope);
  }
}

function inferName(written: string, node: SyntaxNode, scope: TypeScope): ValueType {
  const name = unmaskName(written);
  const type = scope.lookUp(name);
  if (type) return type;
  const suggestion = nearest(name, scope.names());
  const hint =
    suggestion === undefined ? ` Here are: ${listNames(scope.names())}.` : ` Did you mean \`${suggestion}\`?`;
  return reject(scope, node, { code: 'expression_reference', message: `There is no \`${name}\` here.${hint}` });
}

function inferObject(node: Extract<SyntaxNode, { op: 'map' }>, scope: TypeScope): ValueType {
  const entries: [string, ValueType][] = [];
  let isFixed = true;
  for (const [key, value] of node.args) {
    const keyType = infer(key, scope);
    if (keyType.kind !== 'text' && keyType.kind !== 'any') {
      reject(scope, key, {
        code: 'expression_type',
        message: `The key of an object must be text; it is ${typeWords(keyType)}.`,
      });
    }
    const type = infer(value, scope);
    if (key.op === 'value' && typeof key.args === 'string') entries.push([key.args, type]);
    else isFixed = false;
  }
  return isFixed ? objectOf(entries) : { kind: 'object' };
}

function inferConditional(args: readonly [SyntaxNode, SyntaxNode, SyntaxNode], scope: TypeScope): ValueType {
  expectCondition(args[0], scope);
  return unionOf([infer(args[1], scope), infer(args[2], scope)]);
}

function inferAccess(node: AccessNode, scope: TypeScope): ValueType {
  const owner = infer(node.args[0], scope);
  const isOptional = node.op === '.?' || node.op === '[?]' || owner.kind === 'optional';
  const target = owner.kind === 'optional' ? (owner.item ?? anyType) : owner;
  const key = node.args[1];
  const result =
    typeof key === 'string'
      ? inferField(node, { target, name: key, isOptional }, scope)
      : inferIndex(node, target, scope);
  return isOptional ? optionalOf(result) : result;
}

interface FieldAccess {
  readonly target: ValueType;
  readonly name: string;
  readonly isOptional: boolean;
}

function inferField(node: AccessNode, access: FieldAccess, scope: TypeScope): ValueType {
  const { target, name, isOptional } = access;
  if (target.kind === 'any') return anyType;
  const owner = textOf(node.args[0]);
  if (target.kind !== 'object') {
    const hint = target.kind === 'list' ? ` Take one item first, for example \`${owner}[0].${name}\`.` : '';
    const message = `\`${owner}\` is ${typeWords(target)}, so \`${name}\` cannot be read from it.${hint}`;
    return reject(scope, node, { code: 'expression_type', message });
  }
  if (target.isNullable && !isOptional) warnNullable(node, owner, scope);
  const field = target.shape?.field(name);
  if (field ?? !target.shape) return field ?? anyType;
  return inferUnknownField(node, access, scope);
}

function warnNullable(node: AccessNode, owner: string, scope: TypeScope): void {
  const message = `\`${owner}\` may be empty; write \`${owner}.?…\` with orValue(...) for a fallback.`;
  scope.report({ severity: 'warning', code: 'expression_type', message, position: node.pos });
}

/** A field the schema does not declare is a mistake, unless it is read as optional from an object that may have more. */
function inferUnknownField(node: AccessNode, access: FieldAccess, scope: TypeScope): ValueType {
  const shape = access.target.shape;
  if (!shape) return anyType;
  if (typeof shape.others === 'object') return shape.others;
  if (shape.others === 'undeclared' && access.isOptional) return anyType;
  const owner = textOf(node.args[0]);
  const suggestion = nearest(access.name, shape.names);
  const hint = suggestion === undefined ? ` It has: ${listNames(shape.names)}.` : ` Did you mean \`${suggestion}\`?`;
  return reject(scope, node, {
    code: 'expression_reference',
    message: `There is no \`${access.name}\` in \`${owner}\`.${hint}`,
  });
}

function inferIndex(node: AccessNode, target: ValueType, scope: TypeScope): ValueType {
  // Only reached for `[ ]`, where the key is a node.
  const key = node.args[1] as SyntaxNode;
  const keyType = infer(key, scope);
  if (target.kind === 'any' || keyType.kind === 'any') return target.item ?? anyType;
  if (target.kind === 'list' && keyType.kind === 'number') return target.item ?? anyType;
  if (target.kind === 'object' && keyType.kind === 'text') return fieldByText(target, key);
  const message = `\`${textOf(node.args[0])}\` is ${typeWords(target)} and cannot be read with ${typeWords(keyType)} in [ ].`;
  return reject(scope, node, { code: 'expression_type', message });
}

function fieldByText(target: ValueType, key: SyntaxNode): ValueType {
  const name = key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
  return (name === undefined ? undefined : target.shape?.field(name)) ?? anyType;
}
