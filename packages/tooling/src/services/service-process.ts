import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess, sendSignal } from './process-identity.ts';

/** Takes one line of a service's output. */
export type LineLog = (line: string) => void;

/** How to start a server process. */
export interface ServiceProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: LineLog;
  /** Ends it cleanly; tried first. */
  readonly stopSignal: NodeJS.Signals;
  readonly uid?: number;
  readonly gid?: number;
}

/** A running server process. */
export interface ServiceProcess {
  readonly pid: number;
  /** Settles when it has ended, with the exit code or the name of the signal. Never rejects. */
  readonly exited: Promise<number | string>;
  readonly hasExited: () => boolean;
  /** The last lines it wrote, for a message about a failed start. */
  readonly lastLines: () => readonly string[];
  stop(): Promise<void>;
}

const graceMs = 15_000;
const lastWordsMs = 500;
const keptLines = 200;
const shownLines = 5;

/** The variables without Patchbay's own: the master key and the address of a database are no business of a service. */
function withoutOurs(env: ServiceProcessOptions['env']): ServiceProcessOptions['env'] {
  const isOurs = (name: string): boolean => name.startsWith('PATCHBAY_') || name === 'DATABASE_URL';
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name)));
}

/**
 * Starts a server in a process group of its own, so that Ctrl-C reaches only us and we end everything in order. It is
 * also ended when this process exits without having stopped it; only `kill -9` of this process leaves it behind.
 */
export function startServiceProcess(options: ServiceProcessOptions): ServiceProcess {
  const child = spawn(options.command, options.args, {
    env: withoutOurs(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  const lines: string[] = [];
  keepLines(child, (line) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    options.log(line);
  });
  const exited = waitForExit(child, options.stopSignal);
  const silent = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const { pid } = child;
  return {
    pid: pid ?? 0,
    exited,
    hasExited: () => child.exitCode !== null || child.signalCode !== null || pid === undefined,
    lastLines: () => lines,
    stop: async () => {
      if (pid === undefined) return;
      await endProcess(pid, [options.stopSignal, 'SIGKILL'], graceMs);
      await exited;
      // Its last words are often the ones that matter; what it left behind may keep the pipe open for good.
      await Promise.race([silent, delay(lastWordsMs)]);
    },
  };
}

/** What a message about a failed start shows: from the last panic on, whose trace says little, otherwise the end. */
export function lastWords(lines: readonly string[]): string {
  const panic = lines.findLastIndex((line) => /^(panic|fatal error):/.test(line));
  const shown = panic === -1 ? lines.slice(-shownLines) : lines.slice(panic, panic + shownLines);
  return shown.join(' | ') || 'nothing';
}

function waitForExit(child: ChildProcess, stopSignal: NodeJS.Signals): Promise<number | string> {
  const { promise, resolve } = Promise.withResolvers<number | string>();
  const endWithUs = (): void => {
    if (child.pid !== undefined) sendSignal(child.pid, stopSignal);
  };
  process.once('exit', endWithUs);
  const settle = (result: number | string): void => {
    process.off('exit', endWithUs);
    resolve(result);
  };
  child.once('error', (error) => {
    settle(error.message);
  });
  child.once('exit', (code, signal) => {
    settle(code ?? signal ?? 'unknown');
  });
  return promise;
}

function keepLines(child: ChildProcess, onLine: LineLog): void {
  for (const input of [child.stdout, child.stderr]) {
    if (input !== null) createInterface({ input }).on('line', onLine);
  }
}
