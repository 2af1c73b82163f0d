import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { foldHistory, toHistoryEvents, type FlowRunInput, type RawHistoryEvent } from '@patchbay/interpreter';
import { bundleWorkflows, failureConverterPath } from '@patchbay/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayCases } from './cases.ts';
import { historyFile, historyFolder } from './history-files.ts';

const logger = new DefaultLogger('ERROR', () => undefined);
const options = { dataConverter: { failureConverterPath: failureConverterPath() } };
let current: string;

beforeAll(async () => {
  Runtime.install({ logger });
  current = await bundleWorkflows();
});

async function read(name: string): Promise<{ events: RawHistoryEvent[] }> {
  return JSON.parse(await readFile(historyFile(name), 'utf8')) as { events: RawHistoryEvent[] };
}

async function replay(code: string, name: string): Promise<Error | undefined> {
  const histories = [{ workflowId: `tenant/flow/${name}`, history: await read(name) }];
  for await (const { error } of Worker.runReplayHistories({ workflowBundle: { code }, ...options }, histories)) {
    return error;
  }
  throw new Error('Nothing was replayed.');
}

const decode = (payload: { data?: unknown }): Promise<unknown> =>
  Promise.resolve(JSON.parse(Buffer.from(String(payload.data), 'base64').toString('utf8')));

describe('recorded histories', () => {
  it('are there for every case, and there is a case for every history', async () => {
    const files = await readdir(historyFolder);
    expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(replayCases.map(({ name }) => name).sort());
  });

  it.each(replayCases.map(({ name }) => name))('%s replays on the current bundle', async (name) => {
    expect(await replay(current, name)).toBeUndefined();
  });

  it.each(replayCases.filter(({ maxEvents }) => maxEvents === undefined))(
    '$name folds into a closed view',
    async (replayCase) => {
      const { events } = await read(replayCase.name);
      const trigger = (replayCase.trigger ?? {}) as FlowRunInput['trigger'];
      const mapped = await toHistoryEvents(replayCase.plan, events, decode);
      const view = foldHistory(replayCase.plan, { runId: replayCase.name, trigger, events: mapped });
      expect(view.state).not.toBe('running');
      expect(view.steps.filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([]);
    },
  );

  it.each(['moment-standard', 'moment-fast'])('%s: the fold reads the clock that the run read', async (name) => {
    const replayCase = replayCases.find((candidate) => candidate.name === name);
    const { events } = await read(name);
    const closed = events.at(-1)?.['workflowExecutionCompletedEventAttributes'] as {
      result: { payloads: { data: string }[] };
    };
    const payload = closed.result.payloads[0];
    const { output } = (await decode(payload ?? {})) as { output: unknown };
    if (!replayCase) throw new Error('cannot happen: the case is there');
    const mapped = await toHistoryEvents(replayCase.plan, events, decode);
    const view = foldHistory(replayCase.plan, { runId: name, trigger: {}, events: mapped });
    expect(view.output).toEqual(output);
  });

  it.each(['parallel-standard', 'parallel-fast', 'stop-standard'])(
    '%s does not replay when the order is changed',
    async (name) => {
      const workflowsPath = fileURLToPath(new URL('./reordered-workflow.ts', import.meta.url));
      const { code } = await bundleWorkflowCode({
        workflowsPath,
        failureConverterPath: failureConverterPath(),
        logger,
      });
      const error = await replay(code, name);
      expect(error?.message).toMatch(/Nondeterminism error|Workflow activation completion failed/);
    },
  );
});
