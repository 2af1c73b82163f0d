import { createDatabase, revertMigrations, runMigrations, type Database } from '@patchbay/database';
import { createTestDatabase, type TestDatabase } from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createConnectorCatalog, registryMigrations, seedBuiltins } from '../src/index.ts';
import { createConnectors } from '../src/migrations/20261121100000_create_connectors.ts';
import { aManifest } from './registry-fixture.ts';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase(inject('databaseUrl'));
  database = createDatabase({ url: server.url, poolMax: 2 });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const integrity = `sha512-${'A'.repeat(86)}==`;

/** Rows as the first schema held them. */
async function fillFirstSchema(): Promise<void> {
  const db = database.connection;
  const manifest = JSON.stringify({ ...aManifest('old'), auth: [{ type: 'none' }, { type: 'bearer', fields: [] }] });
  await db.raw(
    `insert into connectors (id, tenant_id, slug, name, description, type, category, tags, icon, runtime, auth_types, operations,
       operation_text, head_version, stage, visibility, is_builtin)
     values ('old', 'platform', 'old', 'Old', '', 'General', 'Data', '{}', '{"dataUri":"data:image/png;base64,AA==","tile":"teal"}',
       'node', '{none,bearer}', '[{"name":"ping","title":"Ping"}]', 'Ping ping', '1.0.0', 'published', 'catalogue', true)`,
  );
  await db.raw(
    `insert into connector_versions (id, connector_id, tenant_id, version, stage, visibility, integrity, published_at)
     values ('v1', 'old', 'platform', '1.0.0', 'published', 'catalogue', ?, now())`,
    [integrity],
  );
  await db.raw(
    `insert into connector_revisions (connector_id, tenant_id, version, integrity, manifest, manifest_digest)
     values ('old', 'platform', '1.0.0', ?, ?, 'sha256-x')`,
    [integrity, manifest],
  );
}

describe('an installation from before connectors could be authored', () => {
  it('keeps its connectors, with what cards and rights need', async () => {
    await runMigrations(database, [{ name: registryMigrations.name, migrations: [createConnectors] }]);
    await fillFirstSchema();
    await runMigrations(database, [registryMigrations]);
    const [connector] = await database.connection<Record<string, unknown>>('connectors');
    expect(connector).toMatchObject({
      is_slug_locked: true,
      origin_kind: 'builtin',
      icon_source: 'data:image/png;base64,AA==',
    });
    const [version] = await database.connection<Record<string, unknown>>('connector_versions');
    expect(version).toMatchObject({ was_catalogue: true, operations: [{ name: 'ping', title: 'Ping' }] });
    expect((version?.['auth_types'] as string[]).toSorted()).toEqual(['bearer', 'none']);
    expect(await createConnectorCatalog(database.connection).find('a', 'old')).toMatchObject({
      integrity,
      isEnabled: true,
    });
    expect(await seedBuiltins(database, [{ manifest: aManifest('old') }])).toMatchObject([{ change: 'replaced' }]);
  });

  it('never changes or loses a content that a run may be locked to', async () => {
    await expect(database.connection('connector_revisions').delete()).rejects.toThrow('never change');
    await expect(database.connection('connector_revisions').update({ version: '2' })).rejects.toThrow('never change');
  });

  it('can go back', async () => {
    const { length } = registryMigrations.migrations;
    expect(await revertMigrations(database, registryMigrations, length - 1)).toHaveLength(length - 1);
    expect(await runMigrations(database, [registryMigrations])).toHaveLength(length - 1);
  });
});
