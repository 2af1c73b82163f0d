import { randomBytes } from 'node:crypto';
import { AppError } from '@patchbay/errors';
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
  type TokenDeps,
  type TokenTransport,
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
  /** Forms that were posted to token endpoints, and what they are answered with. */
  readonly forms: FormPost[];
  tokenAnswer: (post: FormPost) => Promise<FormAnswer>;
  /** Settings of connectors by slug. */
  readonly settings: Map<string, Record<string, string>>;
  readonly tokens: TokenDeps;
  /** What the clock shows beside the real time, in milliseconds. */
  clockOffset: number;
  close(): Promise<void>;
}

type FormPost = Parameters<TokenTransport['postForm']>[0];
type FormAnswer = Awaited<ReturnType<TokenTransport['postForm']>>;

/** A token endpoint's JSON answer. */
export const jsonAnswer = (status: number, body: unknown): FormAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

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
  const forms: FormPost[] = [];
  const settings: VaultFixture['settings'] = new Map();
  const tokens: TokenDeps = {
    transport: {
      postForm: (post) => {
        forms.push(post);
        return fixture.tokenAnswer(post);
      },
    },
    settings: { read: (_, slug) => Promise.resolve(settings.get(slug) ?? {}) },
  };
  const vault = createVaultService(database, {
    keyring,
    catalog: {
      find: async (_, slug) => {
        const manifest = manifests.get(slug);
        return Promise.resolve(manifest && { manifest, isEnabled: slug !== 'switched-off' });
      },
    },
    guard: {
      assertConnectable: async (_db, _actor, { slug }) => {
        if (!manifests.has(slug)) throw new AppError('connector_not_found');
        if (slug === 'switched-off') throw new AppError('connector_disabled');
        return Promise.resolve();
      },
    },
    references: { usesOfConnection: async (_, id) => Promise.resolve(uses.get(id) ?? []) },
    tester: {
      run: (test) => {
        tests.push(test);
        return fixture.answer();
      },
    },
    tokens,
    findInputProblems: () => [],
    publicUrl: 'https://patchbay.example',
    clock: () => new Date(Date.now() + fixture.clockOffset),
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
    forms,
    tokenAnswer: () => Promise.resolve(jsonAnswer(500, {})),
    settings,
    tokens,
    clockOffset: 0,
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
