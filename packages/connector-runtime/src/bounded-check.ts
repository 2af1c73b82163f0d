import { createContext, Script } from 'node:vm';
import type { FieldProblem } from '@patchbay/errors';
import type { JsonSchemaObject, JsonValue } from '@patchbay/manifest';
import { findProblems } from './schema-problems.ts';

/** Longest check of one value. */
const defaultTimeMs = 2_000;

/** Keywords with which a check takes longer than the value is large. */
const costly =
  /"(?:pattern|patternProperties|format|uniqueItems|anyOf|oneOf|allOf|not|if|contains|\$ref|\$dynamicRef)":/;
const knownCosts = new WeakMap<JsonSchemaObject, boolean>();

const script = new Script('work()');
/** One context for all checks: making one takes longer than most checks. It holds nothing but the way to the present one. */
let present: () => void = () => undefined;
const context = createContext({
  work: () => {
    present();
  },
});

/**
 * Where a value does not fit its schema. A check that takes too long (variants inside variants, a pattern that explodes) is ended and
 * reported as one problem: schemas are foreign, and this process has other work.
 */
export function findProblemsInTime(
  schema: JsonSchemaObject,
  value: JsonValue,
  timeMs: number = defaultTimeMs,
): FieldProblem[] {
  if (!isCostly(schema)) return findProblems(schema, value);
  let problems: FieldProblem[] = [];
  present = () => {
    problems = findProblems(schema, value);
  };
  try {
    // The check runs outside of the context; the time limit of the script holds for what it calls.
    script.runInContext(context, { timeout: timeMs });
  } catch (failure) {
    if ((failure as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw failure;
    return [
      {
        path: '',
        message: `The check was ended after ${String(timeMs)} ms: the schema is too complex for this value.`,
      },
    ];
  }
  return problems;
}

/** A name of a field may look like a keyword; then the watch is set for nothing, which costs a fraction of a millisecond. */
function isCostly(schema: JsonSchemaObject): boolean {
  const known = knownCosts.get(schema);
  if (known !== undefined) return known;
  const found = costly.test(JSON.stringify(schema));
  knownCosts.set(schema, found);
  return found;
}
