import pc from 'picocolors';
import type { Output } from '../output/output.ts';

/** Tells what is being waited for, and at the end where the time went. */
export interface Progress {
  /** Runs a step; its name is shown when it takes over half a second, and always in the summary. */
  step<Value>(name: string, run: () => Promise<Value>): Promise<Value>;
  /** Name and milliseconds of every finished step. */
  readonly times: readonly { name: string; ms: number }[];
}

const quietMs = 500;

/** Makes a progress that writes notes to the output. */
export function createProgress(output: Output): Progress {
  const times: { name: string; ms: number }[] = [];
  return {
    times,
    step: async (name, run) => {
      const begin = performance.now();
      const timer = setInterval(() => {
        output.note(pc.dim(`  ${name} … ${((performance.now() - begin) / 1000).toFixed(0)} s`));
      }, 2_000);
      const first = setTimeout(() => {
        output.note(pc.dim(`  ${name} …`));
      }, quietMs);
      try {
        return await run();
      } finally {
        clearInterval(timer);
        clearTimeout(first);
        times.push({ name, ms: Math.round(performance.now() - begin) });
      }
    },
  };
}
