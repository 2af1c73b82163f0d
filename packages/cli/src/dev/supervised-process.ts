import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, fromProblemBody, type ProblemBody } from '@patchbay/errors';
import { isNoteworthy, readableLine } from './log-file.ts';

/** A process of ours that is started again when it dies. */
export interface SupervisedProcessOptions {
  readonly name: string;
  /** Arguments of the `patchbay` command. */
  readonly args: readonly string[];
  readonly entry: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** First message of type `ready`; again after each restart. */
  readonly onReady: (message: ReadyMessage) => void;
  readonly onLine: (line: string) => void;
  readonly onRestart: (reason: string, delayMs: number) => void;
}

/** What a process tells its supervisor once it serves. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly url?: string;
  readonly signInLink?: string;
  readonly token?: string;
}

/** What a process tells its supervisor before it ends because of an error. */
export interface FailedMessage {
  readonly type: 'failed';
  readonly problem: ProblemBody;
}

/** Handle of a supervised process. */
export interface SupervisedProcess {
  /**
   * Settles when the process is ready for the first time. Rejects if it ends before that: with its own error if it told
   * one, otherwise with `service_unavailable` and its last words.
   */
  readonly ready: Promise<ReadyMessage>;
  /** Asks it to end (SIGTERM), and kills it after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const longestDelayMs = 5_000;
const keptLines = 25;

/** Starts a process and keeps it alive. A process that dies before its first `ready` is not started again: its message is the answer. */
export function superviseProcess(options: SupervisedProcessOptions): SupervisedProcess {
  const { promise, resolve, reject } = Promise.withResolvers<ReadyMessage>();
  const state = { isStopping: false, hasBeenReady: false, failures: 0, child: undefined as ChildProcess | undefined };
  const last: LastWords = { lines: [], problem: undefined };

  const start = (): void => {
    const child = spawnChild({ ...options, onLine: listeningTo(last, options.onLine) });
    state.child = child;
    child.on('message', (message) => {
      if (isFailed(message)) last.problem = message.problem;
      if (!isReady(message)) return;
      state.hasBeenReady = true;
      state.failures = 0;
      options.onReady(message);
      resolve(message);
    });
    // Not `exit`: what it wrote last is read first.
    child.once('close', (code, signal) => {
      void handleExit(code, signal);
    });
  };

  const startAgain = (): void => {
    if (!state.isStopping) start();
  };

  const handleExit = async (code: number | null, signal: NodeJS.Signals | null): Promise<void> => {
    if (state.isStopping) return;
    const reason = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
    if (!state.hasBeenReady) {
      reject(failedStart(options.name, reason, last));
      return;
    }
    const delayMs = Math.min(200 * 2 ** state.failures, longestDelayMs);
    state.failures += 1;
    options.onRestart(reason, delayMs);
    await delay(delayMs);
    startAgain();
  };

  start();
  return {
    ready: promise,
    stop: async (graceMs) => {
      state.isStopping = true;
      await endChild(state.child, graceMs);
    },
  };
}

interface LastWords {
  readonly lines: string[];
  problem: ProblemBody | undefined;
}

function listeningTo(last: LastWords, onLine: (line: string) => void): (line: string) => void {
  return (line) => {
    if (isNoteworthy(line)) last.lines.push(readableLine(line));
    if (last.lines.length > keptLines) last.lines.shift();
    onLine(line);
  };
}

/** An error the process understood is shown as it is; for any other its words are the only trace. */
function failedStart(name: string, reason: string, last: LastWords): AppError {
  if (last.problem !== undefined && last.problem.error.code !== 'internal_error') return fromProblemBody(last.problem);
  return new AppError('service_unavailable', {
    message: `The ${name} ended before it was ready (${reason}). It said: ${last.lines.join('\n') || 'nothing'}`,
    hint: `All it wrote is in logs/${name}.log of the data folder. Start again; if it stays, report these lines.`,
  });
}

function spawnChild(options: SupervisedProcessOptions): ChildProcess {
  const child = spawn(process.execPath, [options.entry, ...options.args], {
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own group: Ctrl-C reaches only the supervisor, which ends everything in order.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) forwardLines(stream, options.onLine);
  return child;
}

function forwardLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

async function endChild(child: ChildProcess | undefined, graceMs: number): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = new AbortController();
  const timeout = delay(graceMs, 'late', { signal: timer.signal }).catch(() => 'done');
  if ((await Promise.race([exited, timeout])) === 'late') child.kill('SIGKILL');
  timer.abort();
  await exited;
}

function isFailed(message: unknown): message is FailedMessage {
  return (message as { type?: unknown } | null)?.type === 'failed';
}

function isReady(message: unknown): message is ReadyMessage {
  return (message as { type?: unknown } | null)?.type === 'ready';
}
