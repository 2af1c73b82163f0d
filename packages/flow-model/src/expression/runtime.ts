/** What every compiled expression carries while it runs: the data, the step budget and where errors point to. */
import { AppError, type ErrorCode } from '@patchbay/errors';
import type { JsonValue } from '../document/json.ts';
import type { ExpressionScope, Value } from './value.ts';

/**
 * Steps one evaluation may take. A step is about one visited element or 16 copied characters, 10 to 50 ns, so the
 * limit mostly stops after some 25 ms; formulas full of dates and JSON cost up to 3 microseconds a step. Both are far
 * below the 5 s a Temporal activation may run, but too long for a page: previews are evaluated in a worker.
 */
export const maxSteps = 500_000;

/** Something with a place in the source: an AST node. */
export interface Place {
  readonly pos: number;
}

/** What one evaluation may spend, and when it happens; shared by all parts of a binding. */
export interface Budget {
  remaining: number;
  /** The moment that `now()` gives, epoch milliseconds. Given from outside: a formula reads no clock. */
  readonly now?: number;
}

/** State of one evaluation. */
export interface Runtime {
  readonly scope: ExpressionScope;
  readonly budget: Budget;
  /** The whole text the person wrote: the formula, or the template around it. */
  readonly source: string;
  /** Where the formula begins inside `source`. */
  readonly offset: number;
  /** Loop variables by slot. */
  readonly locals: JsonValue[];
}

/** A compiled expression. */
export type Evaluate = (runtime: Runtime) => Value;

/** A full budget for an evaluation at a moment (epoch milliseconds); without one `now()` fails. */
export function newBudget(now?: number): Budget {
  return { remaining: maxSteps, ...(now !== undefined && { now }) };
}

/** An error that points to its place in the source; column is 1-based. */
export function expressionError(
  runtime: Runtime,
  place: Place,
  problem: { code: ErrorCode; message: string },
): AppError {
  return new AppError(problem.code, {
    message: problem.message,
    details: { column: runtime.offset + place.pos + 1, source: runtime.source },
  });
}

/** The data did not fit the formula. */
export function failure(runtime: Runtime, place: Place, message: string): AppError {
  return expressionError(runtime, place, { code: 'expression_failed', message });
}

/** Pays for work; throws `expression_too_costly` when the budget is used up. */
export function spend(runtime: Runtime, place: Place, steps: number): void {
  runtime.budget.remaining -= steps;
  if (runtime.budget.remaining < 0) {
    throw expressionError(runtime, place, {
      code: 'expression_too_costly',
      message: `The formula takes too much work: more than ${String(maxSteps)} steps.`,
    });
  }
}

/** Lists and objects inside each other that may be compared or written; a fixed bound, so that every machine agrees. */
const maxDataDepth = 200;

/** Stops a recursion over data that is nested too deeply. */
export function assertDepth({ runtime, place }: { runtime: Runtime; place: Place }, depth: number): void {
  if (depth > maxDataDepth)
    throw failure(runtime, place, `The data is nested deeper than ${String(maxDataDepth)} levels.`);
}

/** Pays for copying or reading text. */
export function spendText(runtime: Runtime, place: Place, length: number): void {
  spend(runtime, place, 1 + (length >> 4));
}
