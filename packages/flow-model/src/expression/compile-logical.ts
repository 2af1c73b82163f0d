import { isAppError } from '@patchbay/errors';
import { expectBoolean, type CompileScope } from './compile-scope.ts';
import type { SyntaxNode } from './parse.ts';
import { spend, type Evaluate, type Runtime } from './runtime.ts';

type LogicalNode = Extract<SyntaxNode, { op: '||' | '&&' }>;
type ConditionalNode = Extract<SyntaxNode, { op: '?:' }>;

/**
 * Compiles `a && b` and `a || b`. As CEL says, one side that decides the result wins over an error of the other:
 * `has_stock && rows[0].qty > 1` is false for an empty list.
 */
export function compileLogical(node: LogicalNode, scope: CompileScope): Evaluate {
  const [leftNode, rightNode] = node.args;
  const left = scope.compile(leftNode, scope);
  const right = scope.compile(rightNode, scope);
  const decisive = node.op === '||';
  return (runtime) => {
    const first = attempt(runtime, leftNode, left);
    if (first === decisive) return decisive;
    const second = expectBoolean(runtime, rightNode, right(runtime));
    if (second === decisive || typeof first === 'boolean') return second;
    throw first.error;
  };
}

/** What stands for an error that may not matter. */
export interface Failed {
  readonly error: unknown;
}

/** Runs a condition; an error is kept for later, except the one about too much work. */
export function attempt(runtime: Runtime, node: SyntaxNode, evaluate: Evaluate): boolean | Failed {
  try {
    return expectBoolean(runtime, node, evaluate(runtime));
  } catch (error) {
    if (!isAppError(error) || error.code === 'expression_too_costly') throw error;
    // Making an error costs far more than a step; without this a loop of failures would outrun the budget.
    spend(runtime, node, 100);
    return { error };
  }
}

/** Compiles `condition ? a : b`. */
export function compileConditional(node: ConditionalNode, scope: CompileScope): Evaluate {
  const [conditionNode, thenNode, elseNode] = node.args;
  const condition = scope.compile(conditionNode, scope);
  const then = scope.compile(thenNode, scope);
  const otherwise = scope.compile(elseNode, scope);
  return (runtime) => (expectBoolean(runtime, conditionNode, condition(runtime)) ? then(runtime) : otherwise(runtime));
}
