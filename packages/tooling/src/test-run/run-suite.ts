import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvironment } from '@patchbay/config';
import { sendSignal } from '../services/process-identity.ts';
import { readReport, type TestOutcome } from './report.ts';
import { reportFile, reportsDir, type Suite } from './suites.ts';

/** What came out of one suite. */
export interface SuiteResult {
  readonly name: string;
  readonly tests: readonly TestOutcome[];
  readonly durationMs: number;
  /** Everything it wrote. */
  readonly output: string;
}

const killAfterMs = 20_000;

/** Runs one suite within its time and reads what came out. Its output goes to `.cache/reports/<name>.log`. */
export async function runSuite(suite: Suite, root: string): Promise<SuiteResult> {
  const begin = performance.now();
  if (suite.kind === 'vitest') await rm(join(root, reportFile(suite.name)), { force: true });
  const ended = await runLimited(suite, root);
  const durationMs = performance.now() - begin;
  return { name: suite.name, tests: outcomesOf(suite, root, ended), durationMs, output: ended.output };
}

interface Ended {
  readonly output: string;
  /** Undefined when it ended well. */
  readonly failure: string | undefined;
}

function outcomesOf(suite: Suite, root: string, ended: Ended): TestOutcome[] {
  const own = { title: suite.name, file: suite.name, isPassed: ended.failure === undefined };
  if (suite.kind === 'check') return [own];
  const tests = readReport(join(root, reportFile(suite.name)));
  if (ended.failure === undefined || tests.some((test) => !test.isPassed)) return tests;
  return [...tests, { ...own, title: `${suite.name}: ${ended.failure}` }];
}

async function runLimited(suite: Suite, root: string): Promise<Ended> {
  const log = createWriteStream(join(root, reportsDir, `${suite.name}.log`));
  const child = spawn(process.execPath, suite.args, {
    cwd: root,
    env: { ...readEnvironment(), FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      parts.push(chunk);
      log.write(chunk);
    });
  }
  const failure = await waitForEnd(child, suite);
  log.end();
  return { output: parts.join(''), failure };
}

/** Ends the whole group of a suite that takes too long, or when this process ends. */
async function waitForEnd(child: ChildProcess, suite: Suite): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let isLate = false;
  const endGroup = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined) sendSignal(-child.pid, signal);
  };
  const endWithUs = (): void => {
    endGroup('SIGTERM');
  };
  const late = setTimeout(() => {
    isLate = true;
    endGroup('SIGTERM');
  }, suite.limitMs);
  const never = setTimeout(() => {
    endGroup('SIGKILL');
  }, suite.limitMs + killAfterMs);
  process.once('exit', endWithUs);
  child.once('error', (error) => {
    resolve(error.message);
  });
  child.once('close', (code, signal) => {
    const failure = code === 0 ? undefined : `ended with ${code ?? signal ?? 'unknown'}`;
    resolve(isLate ? `took longer than ${suite.limitMs / 60_000} min` : failure);
  });
  const failure = await promise;
  process.off('exit', endWithUs);
  clearTimeout(late);
  clearTimeout(never);
  return failure;
}
