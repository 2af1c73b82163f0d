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
/** A wait of seconds is told often, one of minutes does not fill the screen. */
const [oftenMs, oftenUntilMs, seldomMs] = [2_000, 10_000, 10_000];

/** Makes a progress that writes notes to the output. */
export function createProgress(output: Output): Progress {
  const times: { name: string; ms: number }[] = [];
  return {
    times,
    step: async (name, run) => {
      const begin = performance.now();
      const tell = (): void => {
        const waitedMs = performance.now() - begin;
        output.note(pc.dim(waitedMs < oftenMs ? `  ${name} …` : `  ${name} … ${(waitedMs / 1000).toFixed(0)} s`));
        timer = setTimeout(tell, waitedMs < oftenUntilMs ? oftenMs : seldomMs);
      };
      let timer = setTimeout(tell, quietMs);
      try {
        return await run();
      } finally {
        clearTimeout(timer);
        times.push({ name, ms: Math.round(performance.now() - begin) });
      }
    },
  };
}
