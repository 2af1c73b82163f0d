/** Ends a worker whose event loop stands still: nothing else in the process could. */
import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';

/** What the thread of the watchdog is told. */
export interface WatchdogOrder {
  /** One 32-bit number that grows with every turn of the watched loop. */
  readonly beats: Int32Array<SharedArrayBuffer>;
  readonly everyMs: number;
  /** So many looks without a beat, and the process ends. */
  readonly patience: number;
}

/** How patient a watchdog is. */
export interface WatchdogOptions {
  /** Between two looks. Default 1 s. */
  readonly everyMs?: number;
  /** Looks without a beat before the process is ended. Default 30. */
  readonly patience?: number;
}

/**
 * Watches the event loop of the calling thread from another one. If it stands still for `everyMs * patience`, a line is
 * written to standard error and the process is killed, so that its supervisor starts another and Temporal gives the runs to
 * that one. Looks are counted, not time, so that a machine that slept does not count. Idle while a debugger is attached.
 */
export function watchLoop({ everyMs = 1_000, patience = 30 }: WatchdogOptions = {}): void {
  if (inspectorUrl() !== undefined) return;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(beats, 0, 1), everyMs / 2).unref();
  const order: WatchdogOrder = { beats, everyMs, patience };
  // The flags of the process are for its program, not for this thread.
  const options = { workerData: order, execArgv: [] };
  new Worker(new URL('./loop-watchdog-thread.ts', import.meta.url), options).unref();
}
