import { createContext, Script } from 'node:vm';
import type { FieldProblem } from '@patchbay/errors';
import type { JsonSchemaObject, JsonValue } from '@patchbay/manifest';
import { findProblems } from './input-check.ts';

/** Longest check of one answer. */
const defaultTimeMs = 2_000;
const script = new Script('work()');

/**
 * Where an answer does not fit its schema. A check that takes too long (variants inside variants, a pattern that explodes) is ended and
 * reported as one problem: schemas are foreign, and this process has other work.
 */
export function findProblemsInTime(
  schema: JsonSchemaObject,
  value: JsonValue,
  timeMs: number = defaultTimeMs,
): FieldProblem[] {
  let problems: FieldProblem[] = [];
  // The check runs outside of the context; the time limit of the script holds for what it calls.
  const context = createContext({
    work: () => {
      problems = findProblems(schema, value);
    },
  });
  try {
    script.runInContext(context, { timeout: timeMs });
  } catch (failure) {
    if ((failure as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw failure;
    return [
      {
        path: '',
        message: `The check was ended after ${String(timeMs)} ms: the schema is too complex for this answer.`,
      },
    ];
  }
  return problems;
}
