import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { shareRuns } from './share-runs.ts';

/** Runs that end when the test says so. */
function aWork() {
  const runs: { readonly asked: readonly string[]; readonly end: PromiseWithResolvers<string> }[] = [];
  const share = shareRuns((asked: readonly string[]) => {
    const end = Promise.withResolvers<string>();
    runs.push({ asked, end });
    return end.promise;
  });
  const begun = (count: number) => vi.waitFor(() => expect(runs).toHaveLength(count));
  return { runs, share, begun };
}

describe('shareRuns', () => {
  it('gives all who ask at once one run', async () => {
    const { runs, share, begun } = aWork();
    const answers = [share('a'), share('b')];
    await begun(1);
    expect(runs.map(({ asked }) => asked)).toEqual([['a', 'b']]);
    runs[0]?.end.resolve('first');
    expect(await Promise.all(answers)).toEqual(['first', 'first']);
  });

  it('gives one run to all who ask in one turn of the event loop', async () => {
    const { runs, share, begun } = aWork();
    const answers = [share('a')];
    await Promise.resolve().then(() => Promise.resolve());
    answers.push(share('b'));
    await begun(1);
    expect(runs[0]?.asked).toEqual(['a', 'b']);
    runs[0]?.end.resolve('first');
    await Promise.all(answers);
  });

  it('begins another one for who asks after the first began, when that has ended', async () => {
    const { runs, share, begun } = aWork();
    const early = share('early');
    await begun(1);
    const late = [share('late'), share('later')];
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(runs).toHaveLength(1);
    runs[0]?.end.resolve('first');
    await begun(2);
    expect(runs.map(({ asked }) => asked)).toEqual([['early'], ['late', 'later']]);
    runs[1]?.end.resolve('second');
    expect(await Promise.all([early, ...late])).toEqual(['first', 'second', 'second']);
  });

  it('goes on after a run that failed', async () => {
    const { runs, share, begun } = aWork();
    const failing = share('a');
    await begun(1);
    const next = share('b');
    runs[0]?.end.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    await begun(2);
    runs[1]?.end.resolve('fine');
    expect(await next).toBe('fine');
  });
});
