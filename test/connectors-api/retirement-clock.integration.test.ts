/** Versions end at their `sunset_at` by a schedule of the real Temporal, also after nobody was there at that moment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureRetirementSchedule, retirementScheduleId } from '@patchbay/flows';
import { waitFor } from '@patchbay/tooling';
import { startServerHarness, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { ea, facetsOf, makeIn, must, type Subject } from './lifecycle-fixture.ts';

let server: ServerHarness;
let mine: TestTenant;
let platform: string;

beforeAll(async () => {
  server = await startServerHarness();
  mine = await server.makeTenant('Mine');
  platform = await server.makePlatformAdmin();
}, 120_000);
afterAll(async () => {
  await server.modules.temporal.client.schedule.getHandle(retirementScheduleId(server.taskQueue)).delete();
  await server.stop();
});

const stageOf = async (subject: Subject): Promise<string> => (await facetsOf(server, ea(mine), subject)).stage;

async function deprecated(sunsetAt: Date): Promise<Subject> {
  const condition = { stage: 'published', visibility: 'enterprise' } as const;
  const subject = await makeIn(server, { author: ea(mine), platform }, condition);
  const body = { sunset_at: sunsetAt.toISOString(), reason: 'There is a newer one.' };
  await must(server, ea(mine), { route: 'deprecateVersion', id: subject.id, version: '1.0.0', body });
  return subject;
}

const inTime = <Result>(look: () => Promise<Result>): Promise<Result> => waitFor(look, { timeoutMs: 40_000 });

describe('the retirement clock', () => {
  it('T12 is one schedule, however many servers make sure of it', async () => {
    const { client } = server.modules.temporal;
    const schedule = { taskQueue: server.taskQueue };
    await Promise.all([1, 2, 3].map(() => ensureRetirementSchedule(client, schedule)));
    const description = await client.schedule.getHandle(retirementScheduleId(server.taskQueue)).describe();
    expect(description.spec.intervals).toMatchObject([{ every: 60_000 }]);
    expect(description.policies.overlap).toBe('SKIP');
    await ensureRetirementSchedule(client, { ...schedule, everyMs: 1_000 });
    const changed = await client.schedule.getHandle(retirementScheduleId(server.taskQueue)).describe();
    expect(changed.spec.intervals).toMatchObject([{ every: 1_000 }]);
  });

  it('T12 5.7 retires what ended while no worker was there, and leaves what has time', async () => {
    const [ended, later] = [await deprecated(new Date(Date.now() - 1_000)), await deprecated(new Date('2099-01-01'))];
    expect(await stageOf(ended)).toBe('deprecated');
    await server.startWorker();
    await inTime(async () => {
      expect(await stageOf(ended)).toBe('retired');
    });
    expect(await stageOf(later)).toBe('deprecated');
    const { body } = await server.call('searchAudit', { token: ea(mine), query: { target: ended.id } });
    const page = body as unknown as { hits: { hits: { _source: Record<string, unknown> }[] } };
    const entries = page.hits.hits.map((hit) => hit._source);
    expect(entries[0]).toMatchObject({
      ...{ actor: 'clock', action: 'connector_retire', from: 'deprecated', to: 'retired', version: '1.0.0' },
      reason: 'There is a newer one.',
    });
    expect(entries.filter((entry) => entry['action'] === 'connector_retire')).toHaveLength(1);
  });

  it('T12 retires at the moment, not before', async () => {
    const sunset = new Date(Date.now() + 3_000);
    const subject = await deprecated(sunset);
    expect(await stageOf(subject)).toBe('deprecated');
    await inTime(async () => {
      expect(await stageOf(subject)).toBe('retired');
    });
    expect(Date.now()).toBeGreaterThanOrEqual(sunset.getTime());
  });
});
