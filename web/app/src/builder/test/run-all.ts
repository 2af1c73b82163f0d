import type { OperationDefinition } from '@patchbay/manifest';
import { runOrder } from './test-matrix.ts';

/** What a run of all operations does its work with. */
export interface RunAllSteps {
  /** Calls one; true: it passed. */
  readonly run: (operation: OperationDefinition) => Promise<boolean>;
  /** Is all input there? Those without are left out and named. */
  readonly isComplete: (operation: OperationDefinition) => boolean;
  /** Asks before operations that change the other system. */
  readonly mayChange: (operations: readonly OperationDefinition[]) => Promise<boolean>;
  /** False: the person stopped it, or went away. */
  readonly mayGoOn: () => boolean;
}

/** What came of it. */
export interface RunAllReport {
  readonly passed: number;
  readonly failed: number;
  /** Titles of those that were left out because input is missing. */
  readonly skipped: readonly string[];
}

/** Runs what only reads, one after the other; then, after a yes, what changes something. */
export async function runAll(operations: readonly OperationDefinition[], steps: RunAllSteps): Promise<RunAllReport> {
  const { reading, changing } = runOrder(operations);
  const first = await runEach(reading, steps);
  const isWanted = changing.length > 0 && steps.mayGoOn() && (await steps.mayChange(changing));
  const second = isWanted ? await runEach(changing, steps) : { passed: 0, failed: 0, skipped: [] };
  return {
    passed: first.passed + second.passed,
    failed: first.failed + second.failed,
    skipped: [...first.skipped, ...second.skipped],
  };
}

async function runEach(operations: readonly OperationDefinition[], steps: RunAllSteps): Promise<RunAllReport> {
  const report = { passed: 0, failed: 0, skipped: [] as string[] };
  for (const operation of operations) {
    if (!steps.mayGoOn()) break;
    if (!steps.isComplete(operation)) report.skipped.push(operation.display_name);
    else if (await steps.run(operation)) report.passed += 1;
    else report.failed += 1;
  }
  return report;
}

/** The report in a sentence or two. */
export function reportWords({ passed, failed, skipped }: RunAllReport): string {
  const rest = skipped.length === 0 ? '' : ` Not run, because input is missing: ${skipped.join(', ')}.`;
  return failed === 0 ? `${passed} passed.${rest}` : `${passed} passed, ${failed} failed.${rest}`;
}
