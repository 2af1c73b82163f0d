import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowDocument } from '@patchbay/flow-model';
import { fiveEffects, hangingOnce, type Target } from './crash-flows.ts';
import { startEffectRecorder, type EffectRecorder } from './effect-recorder.ts';
import { startInstallation, type Installation, type Part } from './installation.ts';
import { until } from './until.ts';

const runCount = 200;
const effectsPerRun = 5;

describe('a crash', () => {
  let installation: Installation;
  let recorder: EffectRecorder;
  let target: Target;

  beforeAll(async () => {
    recorder = await startEffectRecorder();
    installation = await startInstallation();
    const connector = await installation.client.call('getConnector', { params: { id: 'http' } });
    target = { url: recorder.url, version: connector._source.version };
  });
  afterAll(async () => {
    await installation.dispose();
    await recorder.stop();
  });

  it('of every part in turn, under 200 runs, loses nothing and doubles nothing', async () => {
    const flowId = await publish(installation, fiveEffects(target));
    const runIds = await startRuns(installation, flowId);
    for (const part of ['worker', 'plugin-host', 'server', 'temporal', 'postgres'] as const) {
      await killAndWait(installation, part);
    }
    const states = await until('all runs to end', () => closedStates(installation, runIds), 240_000);
    expect(states).toEqual({ succeeded: runCount });
    const calls = [...recorder.calls.values()];
    expect(calls).toHaveLength(runCount * effectsPerRun);
    expect(calls.every(({ bodies }) => bodies.size === 1)).toBe(true);
  });

  it('during an operation that must not be repeated is reported as unknown, and the call is not sent again', async () => {
    const flowId = await publish(installation, hangingOnce(target));
    const { _id: runId } = await installation.client.call('startRun', { body: { flowId } });
    await recorder.hanging;
    await killAndWait(installation, 'worker');
    const run = await until(
      'the run to end',
      async () => {
        const { _source } = await installation.client.call('getRun', { params: { id: runId } });
        return _source.state === 'failed' && _source;
      },
      60_000,
    );
    expect(run.error).toMatchObject({ code: 'operation_outcome_unknown', stepPath: 'charge' });
    const hung = [...recorder.calls.values()].filter(({ bodies }) =>
      [...bodies].some((body) => body.startsWith('/hang')),
    );
    expect(hung.map(({ count }) => count)).toEqual([1]);
  });
});

async function publish({ client }: Installation, document: FlowDocument): Promise<string> {
  const { _id: id } = await client.call('createFlow', { body: { document } });
  await client.call('publishFlow', { params: { id }, body: {} });
  return id;
}

async function startRuns({ client }: Installation, flowId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < runCount; number += 20) {
    const started = Array.from({ length: 20 }, (_, index) =>
      client.call('startRun', { body: { flowId, input: { number: number + index } } }),
    );
    ids.push(...(await Promise.all(started)).map(({ _id }) => _id));
  }
  return ids;
}

/** Kills every process of a part with SIGKILL, and waits until others have taken their place and the server is ready. */
async function killAndWait(installation: Installation, part: Part): Promise<void> {
  const before = await until(`a ${part} to run`, async () => {
    const pids = await installation.pidsOf(part);
    return pids.length > 0 && pids;
  });
  for (const pid of before) tryKill(pid);
  await until(`another ${part}`, async () => {
    const now = await installation.pidsOf(part);
    return now.length > 0 && now.every((pid) => !before.includes(pid));
  });
  await until('the server to be ready', async () => (await fetch(`${installation.url}/readyz`)).ok, 60_000);
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with its parent already.
  }
}

async function closedStates(
  { client }: Installation,
  ids: readonly string[],
): Promise<Record<string, number> | undefined> {
  const counts: Record<string, number> = {};
  for (let from = 0; from < ids.length; from += 50) {
    const runs = await Promise.all(ids.slice(from, from + 50).map((id) => client.call('getRun', { params: { id } })));
    for (const { _source } of runs) counts[_source.state] = (counts[_source.state] ?? 0) + 1;
  }
  return (counts['running'] ?? 0) + (counts['queued'] ?? 0) === 0 ? counts : undefined;
}
