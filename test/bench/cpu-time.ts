import { readdir, readFile } from 'node:fs/promises';

/** Milliseconds of a core in one tick of `/proc`; Linux says 100 ticks a second everywhere. */
const msPerTick = 10;

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** With what its ended children took. */
  readonly ms: number;
}

/** Time that a process and all below it took of the processor, in milliseconds. Undefined where there is no `/proc`. */
export async function cpuTimeOf(pid: number): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const all = (await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readProcess))).flat();
  const tree = new Set([pid]);
  let ms = 0;
  // Numbers of processes mostly grow, but not always: a child may come before its parent.
  for (let found = [pid]; found.length > 0;) {
    ms += all.reduce((sum, each) => sum + (found.includes(each.pid) ? each.ms : 0), 0);
    const below = all.filter((each) => found.includes(each.parent) && !tree.has(each.pid)).map((each) => each.pid);
    for (const each of below) tree.add(each);
    found = below;
  }
  return all.some((each) => each.pid === pid) ? ms : undefined;
}

/** Nothing for one that ended meanwhile. */
async function readProcess(name: string): Promise<Process[]> {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  // The name of the program stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return [{ pid: Number(name), parent: Number(fields[1]), ms: ticks * msPerTick }];
}
