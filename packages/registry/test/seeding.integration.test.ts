import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createConnectorCatalog, createManifestReader, seedBuiltins } from '../src/index.ts';
import { aCaller, aManifest, createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';

let fixture: RegistryFixture;

beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
});

afterAll(() => fixture.close());

const bundle = (text: string): Buffer => Buffer.from(`export const connector = '${text}';`);

describe('seeding built-in connectors', () => {
  it('is idempotent: a second start changes nothing', async () => {
    const packages = [{ manifest: aManifest('one'), bundle: bundle('1') }, { manifest: aManifest('two') }];
    const first = await seedBuiltins(fixture.database, packages);
    expect(first.map((each) => each.change)).toEqual(['created', 'created']);
    const before = await fixture.database.connection('connectors').orderBy('id');
    const second = await seedBuiltins(fixture.database, packages);
    expect(second).toEqual(first.map((each) => ({ ...each, change: 'none' })));
    expect(await fixture.database.connection('connectors').orderBy('id')).toEqual(before);
  });

  it('happens once when five servers start at the same time', async () => {
    const packages = [{ manifest: aManifest('race'), bundle: bundle('r') }];
    const warm = () => fixture.database.connection.raw('select pg_sleep(0.05)');
    await Promise.all([1, 2, 3, 4, 5].map(warm)); // open connections, so that nobody has a head start
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => seedBuiltins(fixture.database, packages)));
    expect(all.map(([one]) => one?.change).sort()).toEqual(['created', 'none', 'none', 'none', 'none']);
  });

  it('adds a new version beside the old one and never lets an older one take the lead', async () => {
    for (const version of ['1.9.0', '1.10.0', '1.2.0']) {
      await seedBuiltins(fixture.database, [{ manifest: aManifest('grows', { version, description: version }) }]);
    }
    const { _source: connector } = await fixture.registry.getConnector(aCaller('a'), { idOrSlug: 'grows' });
    expect(connector).toMatchObject({ version: '1.10.0', description: '1.10.0', manifest: { version: '1.10.0' } });
    expect(connector.versions.map((each) => each.version)).toEqual(['1.10.0', '1.9.0', '1.2.0']);
    const older = await fixture.registry.getConnector(aCaller('a'), { idOrSlug: 'grows', version: '1.2.0' });
    expect(older._source).toMatchObject({ version: '1.2.0', manifest: { version: '1.2.0' } });
  });

  it('replaces the same version with other content for new plans and keeps the old content for those locked to it', async () => {
    const catalog = createConnectorCatalog(fixture.database.connection);
    const seed = (name: string) =>
      seedBuiltins(fixture.database, [{ manifest: aManifest('dev', { name }), bundle: bundle(name) }]);
    await seed('old');
    const old = await catalog.find('a', 'dev');
    expect((await seed('new'))[0]?.change).toBe('replaced');
    const current = await catalog.find('a', 'dev', '1.0.0');
    expect(current?.manifest.name).toBe('new');
    expect(current?.integrity).not.toBe(old?.integrity);
    const reader = createManifestReader(fixture.database.connection);
    expect((await reader.manifestFor('dev', '1.0.0', old?.integrity ?? '')).name).toBe('old');
    expect((await reader.manifestFor('dev', '1.0.0', current?.integrity ?? '')).name).toBe('new');
    expect((await seed('old'))[0]?.change).toBe('replaced');
    expect((await catalog.find('a', 'dev'))?.integrity).toBe(old?.integrity);
  });

  it('notices another manifest even if the bundle is the same', async () => {
    const seed = (description: string) =>
      seedBuiltins(fixture.database, [{ manifest: aManifest('same', { description }), bundle: bundle('s') }]);
    const [[one], [two]] = [await seed('x'), await seed('y')];
    expect(two?.change).toBe('replaced');
    expect(two?.integrity).not.toBe(one?.integrity);
  });

  it('refuses a manifest that is not valid and stores nothing of it', async () => {
    const broken = { ...aManifest('broken'), operations: [] };
    await expect(seedBuiltins(fixture.database, [{ manifest: broken }])).rejects.toMatchObject({
      code: 'manifest_invalid',
    });
    await expect(fixture.registry.getConnector(aCaller('a'), { idOrSlug: 'broken' })).rejects.toMatchObject({
      code: 'connector_not_found',
    });
  });

  it('keeps the order of fields as the author wrote it: forms come from it', async () => {
    const entry = await createConnectorCatalog(fixture.database.connection).find('a', 'one');
    expect(Object.keys(entry?.manifest.operations[0]?.input.properties as object)).toEqual(['zeta', 'a']);
  });
});

describe('the catalog and the manifest reader', () => {
  it('know nothing of what is not there', async () => {
    const catalog = createConnectorCatalog(fixture.database.connection);
    expect(await catalog.find('a', 'nowhere')).toBeUndefined();
    expect(await catalog.find('a', 'one', '9.9.9')).toBeUndefined();
    const reader = createManifestReader(fixture.database.connection);
    await expect(reader.manifestFor('one', '1.0.0', 'sha512-x')).rejects.toMatchObject({ code: 'connector_not_found' });
  });
});
