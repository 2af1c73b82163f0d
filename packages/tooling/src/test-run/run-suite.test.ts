import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readReport } from './report.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import { reportFile, reportsDir, type Suite } from './suites.ts';
import { isGood, renderFailures, renderTable, totalsOf } from './summary.ts';

const root = await mkdtemp(join(tmpdir(), 'patchbay-suite-'));
await mkdir(join(root, reportsDir), { recursive: true });
afterAll(() => rm(root, { recursive: true, force: true }));

function aSuite(script: string, change: Partial<Suite> = {}): Suite {
  return { name: 'sample', kind: 'check', args: ['--eval', script], limitMs: 20_000, ...change };
}

/** A script that writes a vitest report with tests of the given states and ends with `code`. */
function writesReport(states: readonly string[], code: number): string {
  const assertionResults = states.map((status, index) => ({ fullName: `test ${index}`, status }));
  const report = { testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults }] };
  const file = JSON.stringify(reportFile('sample'));
  return `require('node:fs').writeFileSync(${file}, ${JSON.stringify(JSON.stringify(report))}); process.exit(${code});`;
}

describe('runSuite', () => {
  it('counts a check as one test and keeps what it wrote', async () => {
    const good = await runSuite(aSuite('console.log("fine")'), root);
    const bad = await runSuite(aSuite('console.error("broken"); process.exit(3)'), root);
    expect(totalsOf([good])).toEqual({ passed: 1, failed: 0 });
    expect(totalsOf([bad])).toEqual({ passed: 0, failed: 1 });
    expect(bad.output).toBe('broken\n');
    expect(await readFile(join(root, reportsDir, 'sample.log'), 'utf8')).toBe('broken\n');
  });

  it('ends a suite that takes too long and says so', async () => {
    const script = 'setInterval(() => undefined, 1000)';
    const result = await runSuite(aSuite(script, { kind: 'vitest', limitMs: 300 }), root);
    expect(renderFailures([result])).toMatch(/took longer than/);
  });

  it('counts a skipped test as failed', async () => {
    const result = await runSuite(aSuite(writesReport(['passed', 'skipped', 'todo'], 0), { kind: 'vitest' }), root);
    expect(totalsOf([result])).toEqual({ passed: 1, failed: 2 });
  });

  it('does not trust a report when the run itself failed', async () => {
    const result = await runSuite(aSuite(writesReport(['passed'], 1), { kind: 'vitest' }), root);
    expect(totalsOf([result])).toEqual({ passed: 1, failed: 1 });
  });

  it('does not take the report of an earlier run', async () => {
    await runSuite(aSuite(writesReport(['passed'], 0), { kind: 'vitest' }), root);
    const result = await runSuite(aSuite('0', { kind: 'vitest' }), root);
    expect(result.tests).toEqual([]);
  });
});

describe('readReport', () => {
  it('counts a file that could not be loaded as one failed test', async () => {
    const file = join(root, 'broken.json');
    const broken = { name: 'b.test.ts', status: 'failed', message: 'cannot load', assertionResults: [] };
    await writeFile(file, JSON.stringify({ testResults: [broken] }));
    expect(readReport(file)).toEqual([{ title: '(the file itself)', file: 'b.test.ts', isPassed: false }]);
  });
});

describe('summary', () => {
  const suite = (name: string, ...states: boolean[]): SuiteResult => ({
    name,
    tests: states.map((isPassed, index) => ({ title: `t${index}`, file: 'f', isPassed })),
    durationMs: 1_250,
    output: '',
  });

  it('is good only if something ran and nothing failed', () => {
    expect(isGood(totalsOf([]))).toBe(false);
    expect(isGood(totalsOf([suite('a', true)]))).toBe(true);
    expect(isGood(totalsOf([suite('a', true), suite('b', false)]))).toBe(false);
  });

  it('shows a row per suite', () => {
    expect(renderTable([suite('unit', true, false)])).toMatch(/unit +1 +1 +1\.3 s/);
  });
});
