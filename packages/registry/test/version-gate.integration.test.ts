/** What a worker is told before each attempt, and how fast it learns of a change. */
import type {} from '@patchbay/tooling';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createVersionGate, seedBuiltins, type VersionGate } from '../src/index.ts';
import { aManifest, createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';

let fixture: RegistryFixture;
let key: Parameters<VersionGate['assertRunnable']>[0];
let count = 0;
let now = 0;

beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
});
afterAll(() => fixture.close());

beforeEach(async () => {
  const manifest = aManifest(`gated-${String((count += 1))}`);
  const [seeded] = await seedBuiltins(fixture.database, [{ manifest, bundle: Buffer.from('export {};') }]);
  if (seeded === undefined) throw new Error('The connector was seeded just before');
  key = { slug: seeded.slug, version: seeded.version, integrity: seeded.integrity };
  now = Date.parse('2026-06-01T12:00:00Z');
});

const gate = (): VersionGate => createVersionGate(fixture.database.connection, () => now);
const answerOf = (asked: VersionGate): Promise<unknown> =>
  asked.assertRunnable(key).then(
    () => 'runs',
    (error: unknown) => (error as { code: unknown }).code,
  );
const setVersion = (columns: object): Promise<unknown> =>
  Promise.resolve(fixture.database.connection('connector_versions').where({ connector_id: key.slug }).update(columns));
const setConnector = (columns: object): Promise<unknown> =>
  Promise.resolve(fixture.database.connection('connectors').where({ id: key.slug }).update(columns));

describe('the version gate', () => {
  it('learns of a block within half a second, and of its end', async () => {
    const asked = gate();
    expect(await answerOf(asked)).toBe('runs');
    await setVersion({ stage: 'blocked' });
    now += 499;
    expect(await answerOf(asked)).toBe('runs');
    now += 1;
    expect(await answerOf(asked)).toBe('version_blocked');
    await setVersion({ stage: 'published' });
    now += 500;
    expect(await answerOf(asked)).toBe('runs');
  });

  it('ends at sunset_at to the millisecond, without asking again', async () => {
    const asked = gate();
    await setVersion({ stage: 'deprecated', sunset_at: new Date(now + 300) });
    expect(await answerOf(asked)).toBe('runs');
    now += 299;
    expect(await answerOf(asked)).toBe('runs');
    now += 1;
    expect(await answerOf(asked)).toBe('version_retired');
  });

  it.each([
    ['version_retired', { stage: 'retired' }, {}],
    ['connector_disabled', {}, { is_enabled: false }],
    ['connector_not_found', {}, { deleted_at: new Date() }],
    ['runs', { stage: 'ready', visibility: 'none', is_unlisted: true }, {}],
    ['runs', { stage: 'deprecated' }, {}],
    ['runs', { stage: 'pre_released' }, {}],
  ])('answers %s for %j %j', async (expected, version, connector) => {
    if (Object.keys(version).length > 0) await setVersion(version);
    if (Object.keys(connector).length > 0) await setConnector(connector);
    expect(await answerOf(gate())).toBe(expected);
  });

  it('asks once for many attempts at the same time', async () => {
    let queries = 0;
    const count = (): void => {
      queries += 1;
    };
    fixture.database.connection.on('query', count);
    const asked = gate();
    await Promise.all(Array.from({ length: 50 }, () => answerOf(asked)));
    fixture.database.connection.off('query', count);
    expect(queries).toBe(1);
  });
});
