import type { SuiteResult } from './run-suite.ts';

/** Passed and failed tests of some suites. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

/** Adds up suites. */
export function totalsOf(results: readonly SuiteResult[]): Totals {
  const tests = results.flatMap((result) => result.tests);
  const passed = tests.filter((test) => test.isPassed).length;
  return { passed, failed: tests.length - passed };
}

/** A run is good only if nothing failed and something ran. */
export function isGood(totals: Totals): boolean {
  return totals.failed === 0 && totals.passed > 0;
}

/** The table of suites, in the order they ran. */
export function renderTable(results: readonly SuiteResult[]): string {
  const rows = results.map((result) => {
    const { passed, failed } = totalsOf([result]);
    return [result.name, String(passed), String(failed), `${(result.durationMs / 1_000).toFixed(1)} s`];
  });
  return [['suite', 'passed', 'failed', 'time'], ...rows]
    .map(([name = '', passed = '', failed = '', time = '']) =>
      [name.padEnd(14), passed.padStart(7), failed.padStart(7), time.padStart(9)].join(' '),
    )
    .join('\n');
}

/** The tests that failed, one line each. */
export function renderFailures(results: readonly SuiteResult[]): string {
  return results
    .flatMap((result) =>
      result.tests.filter((test) => !test.isPassed).map((test) => `FAILED ${result.name}: ${test.title}`),
    )
    .join('\n');
}
