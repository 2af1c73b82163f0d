import { setImmediate } from 'node:timers/promises';

/**
 * Runs `work` for everybody who asks, one run at a time, with what they all ask for. Who asks while a run is under way shares the next
 * one: a run that began before they asked may have missed what they know of. A run begins with the next turn of the event loop, so that
 * those who ask in one turn share it: searches that waited for one run end together, and ask again together.
 */
export function shareRuns<Asked, Result>(
  work: (asked: readonly Asked[]) => Promise<Result>,
): (asked: Asked) => Promise<Result> {
  let waiting: { readonly asked: Asked[]; readonly run: Promise<Result> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (asked) => {
    if (waiting !== undefined) {
      waiting.asked.push(asked);
      return waiting.run;
    }
    const all = [asked];
    const begin = async (): Promise<Result> => {
      await setImmediate();
      waiting = undefined;
      return work(all);
    };
    const run = last.then(begin, begin);
    waiting = { asked: all, run };
    last = run;
    return run;
  };
}
