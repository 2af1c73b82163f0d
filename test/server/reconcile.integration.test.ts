import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '@patchbay/tooling';
import { greetingDocument, startServerHarness, type ServerHarness } from './server-harness.ts';

let server: ServerHarness;
let token: string;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  token = (await server.makeTenant('Crash')).tokens.developer;
}, 120_000);
afterAll(() => server.stop());

const rows = (id: string) => server.modules.database.connection('runs').where({ id });

async function startedRun(): Promise<string> {
  const { body } = await server.call('createFlow', { token, body: { document: greetingDocument('manual') } });
  await server.call('publishFlow', { token, params: { id: body._id }, body: {} });
  const run = await server.call('startRun', { token, body: { flowId: body._id, input: { name: 'Zoe' } } });
  await untilRecorded(run.body._id);
  return run.body._id;
}

/** Looks at the row itself: reading the run through the API would already repair it. */
function untilRecorded(id: string): Promise<void> {
  return waitFor(
    async () => {
      const row = (await rows(id).first()) as { view: unknown } | undefined;
      if (!row?.view) throw new Error('The end of the run is not recorded.');
    },
    { timeoutMs: 15_000 },
  );
}

const reopened = { state: 'queued', ended_at: null, view: null, output: null, reply: null, next_check_at: new Date(0) };

it('closes a run whose end nobody recorded', async () => {
  const id = await startedRun();
  await rows(id).update({ ...reopened, state: 'running' });
  await server.modules.flows.runs.reconcile();
  await untilRecorded(id);
  const { body } = await server.call('getRun', { token, params: { id } });
  expect(body._source).toMatchObject({
    state: 'succeeded',
    steps: [{ path: 'greet', state: 'succeeded' }, { path: 'answer' }],
  });
});

it('starts a run that was accepted but never reached Temporal', async () => {
  const id = await startedRun();
  const row = (await rows(id).first()) as Record<string, unknown> & { workflow_id: string };
  const copy = `${id.slice(0, -3)}ZZZ`;
  const { idempotency_key: _key, ...columns } = row;
  await server.modules.database.connection('runs').insert({
    ...columns,
    ...reopened,
    id: copy,
    workflow_id: row.workflow_id.replace(id, copy),
    trigger_data: JSON.stringify(columns['trigger_data']),
  });
  await server.modules.flows.runs.reconcile();
  await untilRecorded(copy);
  const step = await server.call('getRunStep', { token, params: { id: copy }, query: { path: 'greet' } });
  expect(step.body._source).toMatchObject({ output: { text: 'Hello, Zoe!' } });
});

it('says so when the history of a running run is gone', async () => {
  const id = await startedRun();
  await rows(id).update({ ...reopened, state: 'running', workflow_id: 'nobody/knows/this' });
  await server.modules.flows.runs.reconcile();
  const { body } = await server.call('getRun', { token, params: { id } });
  expect(body._source).toMatchObject({ state: 'failed', error: { code: 'service_unavailable' } });
});

it('shows an open run from its history when the record is late', async () => {
  const id = await startedRun();
  await rows(id).update(reopened);
  const { body } = await server.call('getRun', { token, params: { id } });
  expect(body._source).toMatchObject({ state: 'succeeded', reply: { status: 201 } });
  await untilRecorded(id);
});
