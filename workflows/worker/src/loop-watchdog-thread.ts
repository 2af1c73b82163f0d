/** The thread of the watchdog: looks whether the loop it watches still turns. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { WatchdogOrder } from './loop-watchdog.ts';

const fatalLevel = 60;
const standardError = 2;

const { beats, everyMs, patience } = workerData as WatchdogOrder;
let seen = Atomics.load(beats, 0);
let missed = 0;

setInterval(() => {
  const beat = Atomics.load(beats, 0);
  missed = beat === seen ? missed + 1 : 0;
  seen = beat;
  if (missed >= patience) end();
}, everyMs);

/** A killed process is what Temporal and every supervisor know how to go on from; the stuck thread could not do anything else. */
function end(): void {
  const msg = `The event loop stands still for ${String((everyMs * patience) / 1_000)} s; the worker is ended`;
  const line = { level: fatalLevel, time: Date.now(), pid: process.pid, name: 'worker', msg };
  // Not by the logger: its stream belongs to the thread that is stuck.
  writeSync(standardError, `${JSON.stringify(line)}\n`);
  process.kill(process.pid, 'SIGKILL');
}
