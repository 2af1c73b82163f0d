/** The composition root of the worker process. */
import { NativeConnection, type Worker } from '@temporalio/worker';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { readEgress, readEnvironment, type Environment } from '@patchbay/config';
import { createConnectorRuntime, createGuardedHttp } from '@patchbay/connector-runtime';
import { createDatabase, type Database } from '@patchbay/database';
import { createAuditLog } from '@patchbay/identity/audit';
import {
  connectTemporal,
  createBlobStore,
  createPayloadCodec,
  createPlanRepository,
  createRunRecorder,
  runFlowVersion,
  type FlowCall,
} from '@patchbay/flows';
import {
  createConnectorSettingsReader,
  createManifestReader,
  createPackageStore,
  createVersionGate,
  retireDue,
} from '@patchbay/registry';
import { createCredentialReader, createKeyring, type Keyring } from '@patchbay/vault';
import type { Logger } from 'pino';
import { createWorker, type WorkerServices } from './create-worker.ts';
import { createWorkerLog, installTemporalLog } from './worker-log.ts';
import { readWorkflowBundle } from './read-workflow-bundle.ts';
import type { WorkerConfig } from './worker-config.ts';

/** A worker that works. */
export interface RunningWorker {
  /** Settles when the worker has ended; rejects if it broke. */
  readonly run: Promise<void>;
  /** Takes no new work, lets operations finish (8 s), writes what is buffered, closes everything. */
  shutdown(): Promise<void>;
}

/** Replaces parts of a worker, for tests. */
export interface WorkerDependencies {
  readonly services?: Partial<WorkerServices>;
  readonly environment?: Environment;
}

/** Starts a worker. Throws `service_unavailable` or what the first failing part throws. */
export async function startWorker(config: WorkerConfig, deps: WorkerDependencies = {}): Promise<RunningWorker> {
  const log = createWorkerLog(config);
  installTemporalLog(log);
  const database = createDatabase({ url: config.DATABASE_URL.reveal(), applicationName: 'patchbay-worker' });
  const keyring = openKeyring(config, database);
  const environment = deps.environment ?? readEnvironment();
  const { services, close: closeServices } = composeServices({ config, database, keyring, log, environment });
  try {
    const connection = await connect(config, environment);
    const worker = await createWorker({
      connection,
      namespace: config.TEMPORAL_NAMESPACE,
      taskQueue: config.PATCHBAY_TASK_QUEUE,
      role: config.role,
      workflowBundle: config.role === 'ops' ? '' : await readWorkflowBundle(config.PATCHBAY_WORKFLOW_BUNDLE, log),
      payloadCodecs: [createPayloadCodec({ keyFor: (tenantId, keyId) => keyring.dataKeyFor(tenantId, keyId) })],
      services: { ...services, ...deps.services },
      limits: {
        maxActivities: config.PATCHBAY_MAX_ACTIVITIES,
        maxWorkflowTasks: config.PATCHBAY_MAX_WORKFLOW_TASKS,
        maxCachedRuns: config.PATCHBAY_MAX_CACHED_RUNS,
      },
    });
    log.info({ role: config.role, taskQueue: config.PATCHBAY_TASK_QUEUE }, 'Worker ready');
    const close = async (): Promise<void> => {
      await connection.close();
      await closeServices();
    };
    return runningWorker({ worker, log, close });
  } catch (error) {
    await closeServices();
    throw error;
  }
}

function openKeyring(config: WorkerConfig, database: Database): Keyring {
  const previous = config.PATCHBAY_PREVIOUS_MASTER_KEY;
  const options = {
    masterKey: config.PATCHBAY_MASTER_KEY.reveal(),
    ...(previous && { previousMasterKeys: [previous.reveal()] }),
  };
  return createKeyring(options, database.connection);
}

function runningWorker(parts: { worker: Worker; log: Logger; close: () => Promise<void> }): RunningWorker {
  const { worker, log, close } = parts;
  const run = worker.run().finally(close);
  // Whoever waits for `run` sees the error; until then it must not count as unhandled.
  run.catch(() => undefined);
  return {
    run,
    shutdown: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await run.catch((error: unknown) => {
        log.warn({ err: error }, 'Operations did not end in time; Temporal repeats them elsewhere');
      });
    },
  };
}

async function connect(config: WorkerConfig, environment: Environment): Promise<NativeConnection> {
  const overrideEnvVars: Record<string, string> = {};
  for (const [key, value] of Object.entries(environment)) if (value !== undefined) overrideEnvVars[key] = value;
  const { connectionOptions } = loadClientConnectConfig({ overrideEnvVars });
  return NativeConnection.connect({
    ...connectionOptions,
    address: config.TEMPORAL_ADDRESS,
    // Compression costs a fifth of a step's processor time and gains nothing inside one network.
    grpcCompression: { codec: 'none' },
  });
}

interface Composition {
  readonly config: WorkerConfig;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly environment: Environment;
}

function composeServices({ config, database, keyring, log, environment }: Composition): {
  services: WorkerServices;
  close: () => Promise<void>;
} {
  const db = database.connection;
  const runtime = createConnectorRuntime({
    pluginStore: createPackageStore(db, config.PATCHBAY_STORE_DIR),
    egress: readEgress(config),
    filesDir: config.PATCHBAY_FILES_DIR,
    log,
  });
  const http = createGuardedHttp(readEgress(config));
  const clock = (): Date => new Date();
  const recorder = createRunRecorder(db, {
    onError: (error) => {
      log.warn({ err: error }, 'Run records could not be written; the server folds the history instead');
    },
  });
  const blobs = createBlobStore(db);
  const flowCalls = createFlowCalls({ config, database, keyring, log, environment }, { blobs, recorder });
  return {
    services: {
      flowCalls,
      versions: createVersionGate(db),
      retirement: { retireDue: () => retireDue({ database, audit: createAuditLog({ clock }), clock }) },
      manifests: createManifestReader(db),
      credentials: createCredentialReader(database, keyring, {
        tokens: { transport: http, settings: createConnectorSettingsReader(db, keyring) },
      }),
      runtime,
      recorder,
      blobs,
      plans: createPlanRepository(db),
    },
    close: async () => {
      await recorder.flush();
      await flowCalls.close();
      await runtime.close();
      await http.close();
      await database.close();
    },
  };
}

/** Starts the flows behind connectors; connects to Temporal as a client only when the first one is called. */
function createFlowCalls(
  { config, database, keyring, log, environment }: Composition,
  parts: Pick<WorkerServices, 'blobs'> & { readonly recorder: ReturnType<typeof createRunRecorder> },
) {
  const temporal = connectTemporal({
    address: config.TEMPORAL_ADDRESS,
    namespace: config.TEMPORAL_NAMESPACE,
    environment,
    codec: createPayloadCodec({ keyFor: (tenantId, keyId) => keyring.dataKeyFor(tenantId, keyId) }),
  });
  const engine = {
    ...parts,
    db: database,
    now: () => new Date(),
    temporal: temporal.client,
    attributes: temporal.attributes,
    taskQueue: config.PATCHBAY_TASK_QUEUE,
    onError: (error: unknown, context: Readonly<Record<string, unknown>>) => {
      log.warn({ err: error, ...context }, 'A flow called as a connector');
    },
  };
  // The server registers the attributes; here it is only seen that they are there, before the first run that is started.
  let attributesSeen: Promise<void> | undefined;
  return {
    run: async (call: FlowCall) => {
      await (attributesSeen ??= temporal.attributes.ensure().catch((error: unknown) => {
        log.warn({ err: error }, 'Runs that steps start cannot be found by search attributes');
      }));
      return runFlowVersion(engine, call);
    },
    close: () => temporal.close(),
  };
}
