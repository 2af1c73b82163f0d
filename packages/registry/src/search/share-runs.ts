/**
 * Runs `work` for everybody who asks, one run at a time. Who asks while a run is under way shares the next one: a run that began before
 * they asked may have missed what they know of.
 */
export function shareRuns<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let waiting: Promise<Result> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const begin = (): Promise<Result> => {
    waiting = undefined;
    return work();
  };
  return () => {
    if (waiting === undefined) {
      waiting = last.then(begin, begin);
      last = waiting;
    }
    return waiting;
  };
}
