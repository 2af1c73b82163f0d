import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What tells one process from another that later gets the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the clock ticks of `/proc`; empty where the system does not say. */
  readonly startTime: string;
}

const pollMs = 20;

/** The identity of a running process, or undefined if no process has that number. A zombie counts as not running. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!isAlive(pid)) return undefined;
  const stat = readProc(pid, 'stat');
  if (stat === undefined) return { pid, startTime: '' };
  // The second field, the command in brackets, may itself hold brackets and spaces: read from the last one on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : { pid, startTime: fields[19] ?? '' };
}

/** True if that very process still runs, not another one with its number. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startTime === identity.startTime;
}

/** The arguments a process was started with; empty if it is gone or belongs to a system that hides them. */
export async function commandLineOf(pid: number): Promise<string[]> {
  const text = readProc(pid, 'cmdline');
  if (text !== undefined) return text.split('\0').filter((part) => part !== '');
  return promisify(execFile)('ps', ['-p', String(pid), '-o', 'args=']).then(
    ({ stdout }) => stdout.trim().split(' '),
    () => [],
  );
}

/** Sends each signal in turn and gives the process `graceMs` after each. Returns when it is gone. */
export async function endProcess(pid: number, signals: readonly NodeJS.Signals[], graceMs: number): Promise<void> {
  const identity = identifyProcess(pid);
  if (identity === undefined) return;
  for (const signal of signals) {
    sendSignal(pid, signal);
    const deadline = performance.now() + graceMs;
    while (performance.now() < deadline) {
      if (!isRunning(identity)) return;
      await delay(pollMs);
    }
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readProc(pid: number, name: 'stat' | 'cmdline'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
