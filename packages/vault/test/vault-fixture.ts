import { randomBytes } from 'node:crypto';
import { createDatabase, runMigrations, type Database } from '@patchbay/database';
import { ConnectorManifestSchema, manifestSchemaId, type ConnectorManifest } from '@patchbay/manifest';
import { createTestDatabase } from '@patchbay/tooling';
import {
  createKeyring,
  createVaultService,
  vaultMigrations,
  type Keyring,
  type OperationTest,
  type OperationTestResult,
  type VaultService,
} from '../src/index.ts';

/** A vault on its own database; what other modules provide is in the hands of the test. */
export interface VaultFixture {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly masterKey: string;
  readonly vault: VaultService;
  readonly manifests: Map<string, ConnectorManifest>;
  /** Uses of connections by connection id. */
  readonly uses: Map<string, { flowId: string; flowName: string; step: string }[]>;
  /** What was asked of the worker, and what it answers next. */
  readonly tests: OperationTest[];
  answer: () => Promise<OperationTestResult>;
  close(): Promise<void>;
}

export const aMasterKey = (): string => randomBytes(32).toString('base64');

/** A connector with the four ways to sign in. */
export function aManifest(slug: string, auth?: ConnectorManifest['auth']): ConnectorManifest {
  return ConnectorManifestSchema.parse({
    $schema: manifestSchemaId,
    id: `@patchbay/connector-${slug}`,
    slug,
    version: '1.2.3',
    name: `The ${slug}`,
    description: 'For tests.',
    icon: { dataUri: 'data:image/svg+xml,%3Csvg/%3E', tile: 'blue' },
    runtime: 'declarative',
    baseUrl: 'https://api.example',
    auth: auth ?? [
      { type: 'none' },
      {
        type: 'basic',
        fields: [
          { name: 'username', label: 'User', type: 'string' },
          { name: 'password', label: 'Password', type: 'password', sensitive: true },
          { name: 'url', label: 'Address', type: 'string', required: false },
          { name: 'region', label: 'Region', type: 'string', default: 'eu' },
        ],
      },
      {
        type: 'api_key',
        parameter: 'X-Key',
        location: 'header',
        fields: [{ name: 'api_key', label: 'Key', type: 'password', sensitive: true }],
      },
    ],
    connectionTest: { operation: 'ping' },
    operations: [{ name: 'ping', title: 'Ping', effect: 'read', input: { type: 'object' }, output: {} }],
  });
}

export async function createVaultFixture(serverUrl: string): Promise<VaultFixture> {
  const server = await createTestDatabase(serverUrl);
  const database = createDatabase({ url: server.url, poolMax: 5 });
  await runMigrations(database, [vaultMigrations]);
  const masterKey = aMasterKey();
  const keyring = createKeyring({ masterKey }, database.connection);
  const manifests = new Map([['crm', aManifest('crm')]]);
  const uses: VaultFixture['uses'] = new Map();
  const tests: OperationTest[] = [];
  const vault = createVaultService(database, {
    keyring,
    catalog: {
      find: async (_, slug) => {
        const manifest = manifests.get(slug);
        return Promise.resolve(manifest && { manifest, isEnabled: slug !== 'switched-off' });
      },
    },
    references: { usesOfConnection: async (_, id) => Promise.resolve(uses.get(id) ?? []) },
    tester: {
      run: (test) => {
        tests.push(test);
        return fixture.answer();
      },
    },
  });
  const fixture: VaultFixture = {
    database,
    keyring,
    masterKey,
    vault,
    manifests,
    uses,
    tests,
    answer: async () => Promise.resolve({ ok: true, durationMs: 5 }),
    async close() {
      await database.close();
      await server.drop();
    },
  };
  return fixture;
}

/** All rows of all tables as text: what a thief of the database would read. */
export async function dumpDatabase(database: Database): Promise<string> {
  const { rows: tables } = await database.connection.raw<{ rows: { tablename: string }[] }>(
    `select tablename from pg_tables where schemaname = 'public'`,
  );
  const dumps = tables.map(async ({ tablename }) => {
    const { rows } = await database.connection.raw<{ rows: { line: string }[] }>(`select t::text as line from ?? t`, [
      tablename,
    ]);
    return `${tablename}\n${rows.map((row) => row.line).join('\n')}`;
  });
  return (await Promise.all(dumps)).join('\n');
}
