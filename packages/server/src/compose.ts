import type { Environment } from '@patchbay/config';
import { findInputProblems } from '@patchbay/connector-runtime/declarative';
import { createDatabase, runMigrations, type Database } from '@patchbay/database';
import {
  connectTemporal,
  createBlobStore,
  createFlowReferences,
  createFlowsModule,
  createPayloadCodec,
  createRunRecorder,
  flowsMigrations,
  isWorkerPresent,
  type FlowsModule,
  type RunDeps,
  type TemporalConnection,
} from '@patchbay/flows';
import { createIdentityService, identityMigrations, type IdentityService } from '@patchbay/identity';
import {
  countConnectorsByTenant,
  createComponentGate,
  createConnectGuard,
  createConnectorCatalog,
  createConnectorSettingsReader,
  createRegistryService,
  registryMigrations,
  type ConnectorCatalog,
  type RegistryService,
} from '@patchbay/registry';
import {
  createConnectionDirectory,
  createConnectionReferences,
  createVaultService,
  vaultMigrations,
  type ConnectionDirectory,
  type Keyring,
  type VaultOptions,
  type VaultService,
} from '@patchbay/vault';
import type { Logger } from 'pino';
import type { ServerConfig } from './config.ts';
import type { HealthChecks } from './health/register-health.ts';
import { openKeyring } from './keys/open-keyring.ts';
import { createOutbound, type Outbound } from './outbound/create-outbound.ts';

/** The modules of one server process, wired. */
export interface Composition {
  readonly database: Database;
  readonly temporal: TemporalConnection;
  readonly keyring: Keyring;
  readonly identity: IdentityService;
  readonly registry: RegistryService;
  readonly vault: VaultService;
  readonly flows: FlowsModule;
  readonly health: HealthChecks;
  close(): Promise<void>;
}

/** What the modules are made from. */
export interface ComposeInput {
  readonly config: ServerConfig;
  readonly publicUrl: string;
  readonly environment: Environment;
  readonly log: Logger;
}

const migrationModules = [identityMigrations, registryMigrations, vaultMigrations, flowsMigrations];

/** Brings the schema up to date and wires the modules by the small interfaces each of them asks for. */
export async function compose(input: ComposeInput): Promise<Composition> {
  const { config } = input;
  const database = createDatabase({
    url: config.DATABASE_URL.reveal(),
    poolMax: config.DATABASE_POOL_MAX,
    applicationName: 'patchbay-server',
  });
  try {
    const applied = await runMigrations(database, migrationModules);
    if (applied.length > 0) input.log.info({ applied: applied.map(({ id }) => id) }, 'database migrated');
    const keyring = openKeyring(config, database);
    await keyring.checkReadable();
    return wire(input, { database, keyring });
  } catch (error) {
    await database.close();
    throw error;
  }
}

function wire(input: ComposeInput, { database, keyring }: { database: Database; keyring: Keyring }): Composition {
  const { config, log } = input;
  const { connection } = database;
  const temporal = openTemporal(input, keyring);
  const outbound = createOutbound(config, log);
  const references = createFlowReferences(connection);
  const connections = createConnectionReferences(references);
  const catalog = createConnectorCatalog(connection, { connections });
  const directory = createConnectionDirectory(connection);
  const identity = createIdentityService(database, {
    connectorCounts: (tenantIds) => countConnectorsByTenant(connection, tenantIds),
  });
  const recorder = createRunRecorder(connection, {
    onError: (error) => {
      log.warn({ err: error }, 'run records could not be written');
    },
  });
  const flows = createFlowsModule({
    db: database,
    catalog,
    connections: directory,
    uses: useHolder(catalog, directory),
    components: createComponentGate(),
    secrets: keyring,
    publicUrl: input.publicUrl,
    now: () => new Date(),
    temporal: temporal.client,
    attributes: temporal.attributes,
    taskQueue: config.PATCHBAY_TASK_QUEUE,
    blobs: createBlobStore(connection),
    recorder,
    onError: (error, context) => {
      log.warn({ err: error, ...context }, 'run bookkeeping failed');
    },
  });
  const vault = wireVault(input, { database, keyring, catalog, references, connections, outbound, flows });
  return {
    database,
    temporal,
    keyring,
    identity,
    registry: wireRegistry(identity, { database, keyring, references, connections, outbound, flows, vault }),
    vault,
    flows,
    health: healthChecks(config, { database, temporal }),
    close: async () => {
      await recorder.flush();
      await outbound.close();
      await temporal.close();
      await database.close();
    },
  };
}

/** Always connectors before connections: two that hold the same never wait for each other. */
function useHolder(catalog: ConnectorCatalog, directory: ConnectionDirectory): RunDeps['uses'] {
  return {
    async hold(trx, tenantId, { connectors, connectionIds }) {
      const held = await catalog.hold(trx, tenantId, connectors);
      return { catalog: held, connections: await directory.hold(trx, tenantId, connectionIds) };
    },
  };
}

function openTemporal({ config, environment }: ComposeInput, keyring: Keyring): TemporalConnection {
  return connectTemporal({
    address: config.TEMPORAL_ADDRESS,
    namespace: config.TEMPORAL_NAMESPACE,
    environment,
    codec: createPayloadCodec({ keyFor: (tenantId, keyId) => keyring.dataKeyFor(tenantId, keyId) }),
  });
}

interface VaultParts extends Pick<VaultOptions, 'keyring' | 'catalog' | 'references'> {
  readonly database: Database;
  readonly connections: ReturnType<typeof createConnectionReferences>;
  readonly outbound: Outbound;
  readonly flows: FlowsModule;
}

function wireVault({ publicUrl }: ComposeInput, parts: VaultParts): VaultService {
  const { database, keyring, catalog, references, outbound } = parts;
  return createVaultService(database, {
    ...{ keyring, catalog, references, findInputProblems, publicUrl },
    guard: createConnectGuard(parts.connections),
    tester: parts.flows.operationTester,
    tokens: { transport: outbound, settings: createConnectorSettingsReader(database.connection, keyring) },
  });
}

type RegistryParts = Pick<VaultParts, 'database' | 'keyring' | 'connections' | 'outbound' | 'flows'> & {
  readonly references: ReturnType<typeof createFlowReferences>;
  readonly vault: VaultService;
};

function wireRegistry(identity: IdentityService, parts: RegistryParts): RegistryService {
  const { database, keyring, references, connections, outbound, flows, vault } = parts;
  return createRegistryService(database, {
    ...{ references, connections, outbound, secrets: keyring, audit: identity.audit },
    components: { find: flows.components.source },
    tenants: { nameOf: (id) => identity.nameOfTenant(id) },
    calls: { open: vault.openConnector },
  });
}

function healthChecks(config: ServerConfig, parts: { database: Database; temporal: TemporalConnection }): HealthChecks {
  return {
    database: () => parts.database.checkHealth().then(() => true),
    temporal: () => parts.temporal.checkHealth().then(() => true),
    worker: () => isWorkerPresent(parts.temporal.client, config.PATCHBAY_TASK_QUEUE),
  };
}
