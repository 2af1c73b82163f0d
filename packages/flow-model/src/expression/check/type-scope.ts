import type { ErrorCode } from '@patchbay/errors';
import { textOf } from '../compile-access.ts';
import type { SyntaxNode } from '../parse.ts';
import { anyType, booleanType, typeWords, type ValueType } from './value-type.ts';

/** A problem with its place in the formula. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  readonly message: string;
  /** 0-based offset. */
  readonly position: number;
}

/** What names mean while a formula is read. */
export interface TypeScope {
  /** The type of a node; handed down, so that the files of the check have no cycle. */
  infer(node: SyntaxNode, scope: TypeScope): ValueType;
  lookUp(name: string): ValueType | undefined;
  /** Names to choose from, for suggestions. */
  names(): readonly string[];
  report(finding: Finding): void;
}

/** The scope inside a loop. */
export function withVariable(scope: TypeScope, name: string, type: ValueType): TypeScope {
  return { ...scope, lookUp: (other) => (other === name ? type : scope.lookUp(other)) };
}

/** Reports an error at a node and gives `any`. */
export function reject(scope: TypeScope, node: SyntaxNode, problem: { code: ErrorCode; message: string }): ValueType {
  scope.report({ severity: 'error', position: node.pos, ...problem });
  return anyType;
}

/** Reports a condition that cannot be true or false. */
export function expectCondition(node: SyntaxNode, scope: TypeScope): ValueType {
  const type = scope.infer(node, scope);
  if (type.kind !== 'boolean' && type.kind !== 'any') {
    reject(scope, node, {
      code: 'expression_type',
      message: `\`${textOf(node)}\` must be true or false; it is ${typeWords(type)}.`,
    });
  }
  return booleanType;
}
