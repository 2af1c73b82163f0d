import { createDatabase, runMigrations, type Database } from '@patchbay/database';
import { manifestSchemaId, type ConnectorManifestInput } from '@patchbay/manifest';
import { createTestDatabase } from '@patchbay/tooling';
import { createRegistryService, registryMigrations, type Caller, type RegistryService } from '../src/index.ts';
import { createTestNeighbours } from '../src/test-neighbours.ts';

/** A registry on its own database; uses by flows are in the hands of the test. */
export interface RegistryFixture {
  readonly database: Database;
  readonly registry: RegistryService;
  readonly uses: Record<string, number>;
  close(): Promise<void>;
}

export async function createRegistryFixture(serverUrl: string): Promise<RegistryFixture> {
  const server = await createTestDatabase(serverUrl);
  const database = createDatabase({ url: server.url, poolMax: 5 });
  await runMigrations(database, [registryMigrations]);
  const uses: Record<string, number> = {};
  return {
    database,
    uses,
    registry: createRegistryService(database, createTestNeighbours(uses)),
    async close() {
      await database.close();
      await server.drop();
    },
  };
}

/** Somebody of a tenant; an enterprise administrator with all features unless said otherwise. */
export function aCaller(tenantId: string, over: Partial<Caller> = {}): Caller {
  return {
    tenantId,
    userId: `${tenantId}-user`,
    name: `somebody@${tenantId}.example`,
    role: 'enterprise_admin',
    isPlatformAdmin: false,
    features: { custom_connectors: true, sdk_access: true, review_required: false },
    connectorLimit: null,
    ...over,
  };
}

/** A small valid manifest. */
export function aManifest(slug: string, over: Partial<ConnectorManifestInput> = {}): ConnectorManifestInput {
  return {
    $schema: manifestSchemaId,
    id: `@patchbay/connector-${slug}`,
    slug,
    version: '1.0.0',
    name: slug,
    description: `Talks to ${slug}.`,
    icon: {
      dataUri: `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')}`,
    },
    runtime: 'node',
    entry: './dist/index.mjs',
    auth: [{ type: 'none' }],
    operations: [anOperation('ping', 'Ping')],
    ...over,
  };
}

export function anOperation(name: string, title: string): ConnectorManifestInput['operations'][number] {
  const input = { type: 'object', properties: { zeta: { type: 'string' }, a: { type: 'string' } } };
  return { name, title, effect: 'read', input, output: { type: 'object' } };
}
