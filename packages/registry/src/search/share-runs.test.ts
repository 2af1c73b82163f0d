import { describe, expect, it } from 'vitest';
import { shareRuns } from './share-runs.ts';

/** Runs that end when the test says so. */
function aWork() {
  const runs: { readonly asked: readonly string[]; readonly end: PromiseWithResolvers<string> }[] = [];
  const share = shareRuns((asked: readonly string[]) => {
    const end = Promise.withResolvers<string>();
    runs.push({ asked, end });
    return end.promise;
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { runs, share, turn };
}

describe('shareRuns', () => {
  it('gives all who ask at once one run', async () => {
    const { runs, share, turn } = aWork();
    const answers = [share('a'), share('b')];
    await turn();
    expect(runs.map(({ asked }) => asked)).toEqual([['a', 'b']]);
    runs[0]?.end.resolve('first');
    expect(await Promise.all(answers)).toEqual(['first', 'first']);
  });

  it('begins another one for who asks after the first began, when that has ended', async () => {
    const { runs, share, turn } = aWork();
    const early = share('early');
    await turn();
    const late = [share('late'), share('later')];
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.end.resolve('first');
    await turn();
    expect(runs.map(({ asked }) => asked)).toEqual([['early'], ['late', 'later']]);
    runs[1]?.end.resolve('second');
    expect(await Promise.all([early, ...late])).toEqual(['first', 'second', 'second']);
  });

  it('goes on after a run that failed', async () => {
    const { runs, share, turn } = aWork();
    const failing = share('a');
    await turn();
    const next = share('b');
    runs[0]?.end.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    await turn();
    runs[1]?.end.resolve('fine');
    expect(await next).toBe('fine');
  });
});
