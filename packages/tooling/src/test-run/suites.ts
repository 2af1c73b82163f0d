import { join } from 'node:path';

/** One suite of `npm test`: a check that counts as one test, or a vitest project. */
export interface Suite {
  readonly name: string;
  readonly kind: 'check' | 'vitest';
  /** Arguments for Node, relative to the root of the clone. */
  readonly args: readonly string[];
  /** Longest time it may take; then it is ended and counts as failed. */
  readonly limitMs: number;
  /** Runs at the start, in a row with the others of its lane and beside the other lane. Absent: has the machine to itself. */
  readonly lane?: 1 | 2;
}

const minute = 60_000;
const bin = (path: string): string => join('node_modules', path);

/** The folder of the reports, relative to the root of the clone. */
export const reportsDir = '.cache/reports';

/** The vitest JSON report of a project. */
export function reportFile(name: string): string {
  return `${reportsDir}/${name}.json`;
}

/** Every suite in the order of the run: what is quick and fails often comes first. Lint keeps one processor busy longer than the rest of the checks. */
export const suites: readonly Suite[] = [
  inLane(
    2,
    check(
      'format',
      ['prettier/bin/prettier.cjs', '--check', '--cache', '--cache-location=.cache/prettier', '--log-level=warn', '.'],
      3,
    ),
  ),
  inLane(
    1,
    check(
      'lint',
      ['eslint/bin/eslint.js', '.', '--cache', '--cache-strategy=content', '--cache-location=.cache/eslint/'],
      8,
    ),
  ),
  inLane(2, check('types', ['typescript/bin/tsc', '--build'], 8)),
  inLane(2, project('unit', 8)),
  inLane(2, project('conformance', 8)),
  project('integration', 15),
  project('e2e', 25),
  project('system', 30),
];

function inLane(lane: 1 | 2, suite: Suite): Suite {
  return { ...suite, lane };
}

function check(name: string, command: readonly string[], minutes: number): Suite {
  const [script = '', ...args] = command;
  return { name, kind: 'check', args: [bin(script), ...args], limitMs: minutes * minute };
}

function project(name: string, minutes: number): Suite {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile(name)}`];
  const args = [bin('vitest/vitest.mjs'), 'run', '--project', name, '--passWithNoTests', '--no-color', ...report];
  return { name, kind: 'vitest', args, limitMs: minutes * minute };
}
