/** The numbers of closed runs at /metrics, with two workers and two servers that ask at the same moment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowDocument } from '@patchbay/flow-model';
import { waitFor } from '@patchbay/tooling';
import {
  greetingDocument,
  startServerHarness,
  waitingDocument,
  type ServerHarness,
  type TestTenant,
} from './server-harness.ts';

let server: ServerHarness;
let tenant: TestTenant;
let token: string;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  await server.startWorker();
  tenant = await server.makeTenant('Numbers');
  token = tenant.tokens.developer;
}, 120_000);
afterAll(() => server.stop());

async function flowOf(document: FlowDocument): Promise<string> {
  const { body } = await server.call('createFlow', { token, body: { document } });
  await server.call('publishFlow', { token, params: { id: body._id }, body: {} });
  return body._id;
}

async function start(flowId: string, input: object): Promise<string> {
  const started = await server.call('startRun', { token, body: { flowId, input } });
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  return started.body._id;
}

const ended = (id: string): Promise<string> =>
  waitFor(
    async () => {
      const { body } = await server.call('getRun', { token, params: { id } });
      const run = body._source as { state: string; ended?: string };
      if (run.ended === undefined) throw new Error(`The run is still ${run.state}.`);
      return run.state;
    },
    { timeoutMs: 20_000 },
  );

const scrape = async (): Promise<string> => (await server.app.inject({ url: '/metrics' })).body;

/** The value of one series; undefined if it is not there. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('the metrics of closed runs', () => {
  it('start at zero, so that the first failure is seen as a rise', async () => {
    expect(valueOf(await scrape(), 'patchbay_runs_closed_total{outcome="failed"}')).toBe(0);
  });

  it('count each run once by its outcome, whoever closed it and however many ask', async () => {
    const greeting = await flowOf(greetingDocument('manual'));
    const waiting = await flowOf(waitingDocument());
    const good = await Promise.all(Array.from({ length: 8 }, () => start(greeting, { name: 'Ada' })));
    const bad = await start(await flowOf(greetingDocument()), { nobody: 1 });
    const [cancelled, terminated] = [await start(waiting, { name: 'C' }), await start(waiting, { name: 'T' })];
    await server.call('cancelRun', { token, params: { id: cancelled } });
    await server.modules.temporal.client.workflow.getHandle(`${tenant.id}/${waiting}/${terminated}`).terminate();
    expect(await Promise.all(good.map(ended))).toEqual(good.map(() => 'succeeded'));
    expect([await ended(bad), await ended(cancelled), await ended(terminated)]).toEqual([
      'failed',
      'cancelled',
      'cancelled',
    ]);
    // The second server of the installation, which asks while the first one is scraped twice.
    const [elsewhere] = await Promise.all([server.modules.flows.runs.takeClosed(3), scrape(), scrape()]);
    const text = await scrape();
    const total = (outcome: string): number =>
      (valueOf(text, `patchbay_runs_closed_total{outcome="${outcome}"}`) ?? Number.NaN) +
      elsewhere.filter((run) => run.outcome === outcome).length;
    expect(['completed', 'failed', 'cancelled', 'terminated'].map(total)).toEqual([8, 1, 1, 1]);
    const rest = await server.modules.flows.runs.takeClosed(100);
    expect(rest).toEqual([]);
  });

  it('tell how long runs and steps took, without a tenant, a flow or a step in a label', async () => {
    await ended(await start(await flowOf(greetingDocument('manual')), { name: 'Ada' }));
    const text = await scrape();
    expect(valueOf(text, 'patchbay_run_seconds_count{outcome="completed"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'patchbay_run_seconds_sum{outcome="completed"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'patchbay_step_seconds_count{kind="transform",state="succeeded"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'patchbay_step_seconds_count{kind="respond",state="succeeded"}')).toBeGreaterThan(0);
    expect(text).not.toContain(tenant.id);
    expect(text).not.toContain('greet');
  });

  it('leave out tests of single steps', async () => {
    await scrape();
    const id = await flowOf(greetingDocument('manual'));
    const tested = await server.call('testStep', { token, params: { id }, body: { step: 'greet' } });
    expect(tested.body).toMatchObject({ state: 'succeeded' });
    await waitFor(
      async () => {
        const open = server.modules.database.connection('runs').where({ flow_id: id }).whereNull('ended_at');
        if ((await open).length > 0) throw new Error('The record of the test is still open.');
      },
      { timeoutMs: 10_000 },
    );
    expect(await server.modules.flows.runs.takeClosed(100)).toEqual([]);
  });
});
