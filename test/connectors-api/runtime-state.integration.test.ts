/** What each state allows at run time (requirements.md 4.2), with a real worker and an external system that counts its calls. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '@patchbay/tooling';
import { startServerHarness, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import {
  callingDocument,
  endOf,
  makeFlow,
  publishFlow,
  runFlow,
  startExternal,
  startRun,
  type External,
} from './calling-flow.ts';
import { act, ea, makeDraft, must, passTests, type Subject } from './lifecycle-fixture.ts';

let server: ServerHarness;
let mine: TestTenant;
let external: External;

beforeAll(async () => {
  external = await startExternal();
  server = await startServerHarness({ withWorker: true });
  mine = await server.makeTenant('Mine');
}, 120_000);
afterAll(async () => {
  await server.stop();
  await external.stop();
});

type Call = Parameters<typeof act>[2];
const done = (given: Call) => must(server, ea(mine), given);

/** A published connector and a published flow that calls it. */
async function aCallingFlow(body: object = {}): Promise<{ subject: Subject; flow: string }> {
  const subject = await makeDraft(server, ea(mine), { base_url: external.url, ...body });
  await passTests(server, subject);
  external.calls.length = 0;
  await done({ route: 'publishConnector', id: subject.id, body: { visibility: 'enterprise', confirm: true } });
  const flow = await makeFlow(server, ea(mine), callingDocument({ connector: subject.slug }));
  const published = await publishFlow(server, ea(mine), flow);
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  return { subject, flow };
}

const run = (flow: string) => runFlow(server, ea(mine), flow);
const version = '1.0.0';

/** Nothing is sent once the half second has passed for which a worker may rely on what it read. */
async function refusedRun(flow: string): Promise<{ code: string | undefined; calls: number }> {
  return waitFor(
    async () => {
      const before = external.calls.length;
      const { state, error } = await run(flow);
      if (state === 'succeeded') throw new Error('The worker has not noticed yet.');
      return { code: error?.code, calls: external.calls.length - before };
    },
    { timeoutMs: 10_000 },
  );
}

describe('a version at run time', () => {
  it('runs while it is published, and while it is deprecated', async () => {
    const { subject, flow } = await aCallingFlow();
    expect(await run(flow)).toMatchObject({ state: 'succeeded' });
    await done({ route: 'deprecateVersion', id: subject.id, version });
    expect(await run(flow)).toMatchObject({ state: 'succeeded' });
    const again = await makeFlow(server, ea(mine), callingDocument({ connector: subject.slug }));
    const refused = await publishFlow(server, ea(mine), again);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      422,
      expect.stringContaining('version_deprecated'),
    ]);
  });

  it('CH-32x is refused while it is blocked, without a call, and runs again afterwards', async () => {
    const { subject, flow } = await aCallingFlow();
    await run(flow);
    await done({ route: 'blockVersion', id: subject.id, version });
    expect(await refusedRun(flow)).toEqual({ code: 'version_blocked', calls: 0 });
    await done({ route: 'unblockVersion', id: subject.id, version });
    await waitFor(
      async () => {
        expect((await run(flow)).state).toBe('succeeded');
      },
      { timeoutMs: 10_000 },
    );
  });

  it('CH-32x stops a flow that is running at its next attempt', async () => {
    const { subject, flow } = await aCallingFlow({
      resilience: { max_retries: 50, retry_delay_s: 1, backoff: 'none' },
    });
    external.status = 503;
    try {
      const before = external.calls.length;
      const id = await startRun(server, ea(mine), flow);
      await waitFor(
        async () => {
          expect(external.calls.length).toBeGreaterThan(before);
        },
        { timeoutMs: 20_000 },
      );
      await done({ route: 'blockVersion', id: subject.id, version });
      const end = await endOf(server, ea(mine), id);
      expect(end).toMatchObject({ state: 'failed', error: { code: 'version_blocked' } });
      const after = external.calls.length;
      expect(await refusedRun(flow)).toMatchObject({ calls: 0 });
      expect(external.calls.length).toBe(after);
    } finally {
      external.status = 200;
    }
  });

  it('ZO-02 is refused from sunset_at on, before anybody retired it, and runs until then', async () => {
    const { subject, flow } = await aCallingFlow();
    const future = new Date(Date.now() + 3_600_000).toISOString();
    await done({ route: 'deprecateVersion', id: subject.id, version, body: { sunset_at: future } });
    expect(await run(flow)).toMatchObject({ state: 'succeeded' });
    const { subject: ended, flow: endedFlow } = await aCallingFlow();
    const past = new Date(Date.now() - 1_000).toISOString();
    await done({ route: 'deprecateVersion', id: ended.id, version, body: { sunset_at: past } });
    expect(await refusedRun(endedFlow)).toEqual({ code: 'version_retired', calls: 0 });
  });

  it('CH-34x is refused once it is retired', async () => {
    const { subject, flow } = await aCallingFlow();
    await done({ route: 'deprecateVersion', id: subject.id, version });
    const refused = await act(server, ea(mine), { route: 'retireVersion', id: subject.id, version });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'connector_in_use']);
    expect(refused.body.error.details).toMatchObject({ references: { components: [{ id: flow, step: 'call' }] } });
    const past = new Date(Date.now() - 1_000).toISOString();
    const { subject: clocked, flow: clockedFlow } = await aCallingFlow();
    await done({ route: 'deprecateVersion', id: clocked.id, version, body: { sunset_at: past } });
    expect(await refusedRun(clockedFlow)).toEqual({ code: 'version_retired', calls: 0 });
  });

  it('CO-16 ZO-52 is refused while the connector is disabled, and works afterwards as before', async () => {
    const { subject, flow } = await aCallingFlow();
    await done({ route: 'disableConnector', id: subject.id });
    expect(await refusedRun(flow)).toEqual({ code: 'connector_disabled', calls: 0 });
    await done({ route: 'enableConnector', id: subject.id });
    await waitFor(
      async () => {
        expect((await run(flow)).state).toBe('succeeded');
      },
      { timeoutMs: 10_000 },
    );
  });

  it('DI-83x keeps running what uses it after it was unpublished', async () => {
    const { subject, flow } = await aCallingFlow();
    await done({ route: 'unpublishConnector', id: subject.id });
    expect(await run(flow)).toMatchObject({ state: 'succeeded' });
  });
});
