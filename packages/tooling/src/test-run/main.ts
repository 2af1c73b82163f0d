import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnvironment } from '@patchbay/config';
import { findRegressions, renderStatus, RequirementsSchema, stateById } from './requirements.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import { isGood, renderFailures, renderTable, totalsOf } from './summary.ts';
import { reportsDir, suites, type Suite } from './suites.ts';

const root = join(import.meta.dirname, '../../../..');
const statusFile = join(root, 'docs/requirements-status.md');

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/**
 * `npm test`: all suites, or those named by `--suite a,b`; the last line is `N passed, N failed`. Those with a lane run first, the
 * two lanes side by side; every other suite has the machine to itself.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { suite: { type: 'string' } }, allowPositionals: false });
  const chosen = values.suite === undefined ? suites : chooseSuites(values.suite.split(','));
  await mkdir(join(root, reportsDir), { recursive: true });
  const ofLane = (lane: Suite['lane']): Suite[] => chosen.filter((suite) => suite.lane === lane);
  const results = (await Promise.all([runInTurn(ofLane(1)), runInTurn(ofLane(2))])).flat();
  results.push(...(await runInTurn(ofLane(undefined))));
  if (chosen.length === suites.length) results.push(await checkRequirements(results));
  const totals = totalsOf(results);
  const failures = renderFailures(results);
  say(`\n${renderTable(results)}\n${failures === '' ? '' : `\n${failures}\n`}`);
  say(`${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = isGood(totals) ? 0 : 1;
}

function chooseSuites(names: readonly string[]): Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length === 0) return suites.filter((suite) => names.includes(suite.name));
  say(`There is no suite ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}.`);
  return [];
}

async function runInTurn(inOrder: readonly Suite[]): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of inOrder) results.push(await runAndTell(suite));
  return results;
}

async function runAndTell(suite: Suite): Promise<SuiteResult> {
  say(`… ${suite.name}`);
  const begin = performance.now();
  const timer = setInterval(() => {
    say(`… ${suite.name} ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  }, 15_000);
  const result = await runSuite(suite, root);
  clearInterval(timer);
  const { passed, failed } = totalsOf([result]);
  if (failed > 0) say(result.output);
  say(`${failed > 0 ? '✗' : '✓'} ${suite.name}: ${passed} passed, ${failed} failed`);
  return result;
}

/** Writes the status page from the titles of this run. On CI a requirement that lost its tests fails the run instead. */
async function checkRequirements(results: readonly SuiteResult[]): Promise<SuiteResult> {
  const begin = performance.now();
  const source = await readFile(join(root, 'test/requirements/requirements.json'), 'utf8');
  const tests = results.flatMap((result) => result.tests);
  const shown = tests.map((test) => ({ ...test, file: relative(root, test.file) }));
  const states = stateById(tests);
  const page = renderStatus(RequirementsSchema.parse(JSON.parse(source)), shown);
  const committed = existsSync(statusFile) ? await readFile(statusFile, 'utf8') : '';
  const isCi = (readEnvironment()['CI'] ?? '') !== '';
  const lost = isCi ? findRegressions(committed, states) : [];
  if (!isCi && page !== committed) await writeFile(statusFile, page);
  const title =
    lost.length === 0 ? 'requirements keep their tests' : `requirements lost their tests: ${lost.join(', ')}`;
  const test = { title, file: 'docs/requirements-status.md', isPassed: lost.length === 0 };
  return { name: 'requirements', tests: [test], durationMs: performance.now() - begin, output: '' };
}

// A signal ends through `exit`, so that the running suite is ended with us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    process.exit(130);
  });
}
await main();
