/** A whole server without a socket, on a database of its own, with a worker in the same process if asked for. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { routePaths, type Role, type RouteId, type TenantFeatures } from '@patchbay/api-contract';
import { loadConfig } from '@patchbay/config';
import type { FlowDocument } from '@patchbay/flow-model';
import { buildApp, compose, createLog, serverConfigSchema, type Composition } from '@patchbay/server';
import { seedBuiltins } from '@patchbay/registry';
import { createTestDatabase } from '@patchbay/tooling';
import { startWorker, workerConfigSchema, type RunningWorker } from '@patchbay/worker';

type App = Awaited<ReturnType<typeof buildApp>>;

/** One call of a route. */
export interface Call {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | undefined;
  /** Network address of the caller. */
  readonly address?: string;
}

/** What came back. `body` is parsed JSON, or the text. */
export interface Answer {
  readonly status: number;
  // Tests look into answers of every route; the contract checks their shape.
  readonly body: { [key: string]: never } & {
    _id: string;
    _source: never;
    revision: number;
    error: { code: string; details: never };
  };
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What a test tenant is like. */
export interface TestTenantOptions {
  /** Absent ones are as in a new tenant: custom_connectors and sdk_access on (EA+), review_required off. */
  readonly features?: Partial<TenantFeatures>;
  /** The enterprise administrator is a platform administrator too. */
  readonly platformAdmin?: boolean;
}

/** Tokens of one tenant by role. `platform_admin` (PA) is a user of the tenant `platform`, without rights in this one. */
export interface TestTenant {
  readonly id: string;
  readonly tokens: Readonly<Record<Role, string>>;
}

/** The running parts. */
export interface ServerHarness {
  readonly app: App;
  readonly modules: Composition;
  readonly databaseUrl: string;
  readonly taskQueue: string;
  /** Folder with one folder of files for each tenant. */
  readonly filesDir: string;
  /** A worker in this process, also a further one; it ends with the harness. */
  startWorker(): Promise<void>;
  call(id: RouteId, call?: Call): Promise<Answer>;
  makeTenant(name: string, options?: TestTenantOptions): Promise<TestTenant>;
  /** Token of a new platform administrator without another role. */
  makePlatformAdmin(): Promise<string>;
  /** Token of a new user of a tenant that is there. */
  makeUser(who: { tenantId: string; role: Role; isPlatformAdmin?: boolean }): Promise<string>;
  stop(): Promise<void>;
}

/** The one built-in connector without code. */
const worldBank = new URL('../../plugins/worldbank/connector.json', import.meta.url);

/** Starts it. */
export async function startServerHarness(
  options: { withWorker?: boolean; localAccess?: boolean; host?: string; logLines?: string[] } = {},
): Promise<ServerHarness> {
  const database = await createTestDatabase(inject('databaseUrl'));
  const storeDir = await mkdtemp(join(tmpdir(), 'patchbay-server-test-'));
  const environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    PATCHBAY_TASK_QUEUE: `server-test-${randomUUID()}`,
    PATCHBAY_MASTER_KEY: randomBytes(32).toString('base64'),
    PATCHBAY_DEVELOPMENT: 'true',
    PATCHBAY_STORE_DIR: storeDir,
    PATCHBAY_FILES_DIR: join(storeDir, 'files'),
    PATCHBAY_LOG_LEVEL: 'error',
  };
  const config = loadConfig(serverConfigSchema, environment);
  const { logLines } = options;
  const log = logLines ? createLog('trace', { write: (line) => logLines.push(line) }) : createLog('error');
  const publicUrl = 'http://localhost';
  const modules = await compose({ config, publicUrl, environment: {}, log });
  const app = await buildApp({
    ...modules,
    publicUrl,
    log,
    host: options.host ?? '127.0.0.1',
    bodyLimit: config.PATCHBAY_BODY_LIMIT,
    webDir: join(storeDir, 'no-web'),
    hasDemo: true,
    local: options.localAccess ? await makeLocalUser(modules) : undefined,
    pool: () => ({ used: 0, free: 0, waiting: 0 }),
  });
  await app.ready();
  await seedBuiltins(modules.database, [{ manifest: JSON.parse(await readFile(worldBank, 'utf8')) as unknown }]);
  const workers: RunningWorker[] = [];
  const addWorker = async (): Promise<void> => {
    workers.push(await startWorker({ ...loadConfig(workerConfigSchema, environment), role: 'all' }));
  };
  if (options.withWorker) await addWorker();
  return {
    app,
    modules,
    databaseUrl: database.url,
    taskQueue: environment.PATCHBAY_TASK_QUEUE,
    filesDir: environment.PATCHBAY_FILES_DIR,
    startWorker: addWorker,
    call: (id, call = {}) => callRoute(app, id, call),
    makeTenant: (name, options = {}) => makeTenant(modules, name, options),
    makeUser: (who) => makeToken(modules, who),
    makePlatformAdmin: () => makeToken(modules, { tenantId: 'platform', role: 'platform_admin' }),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.shutdown()));
      await app.close();
      await modules.close();
      await database.drop();
      await rm(storeDir, { recursive: true, force: true });
    },
  };
}

async function callRoute(app: App, id: RouteId, call: Call): Promise<Answer> {
  const [method, path] = routePaths[id];
  const url = path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(String(call.params?.[name])));
  const response = await app.inject({
    method,
    url,
    remoteAddress: call.address ?? '127.0.0.1',
    query: Object.fromEntries(Object.entries(call.query ?? {}).map(([key, value]) => [key, String(value)])),
    headers: {
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body !== undefined && { payload: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
  });
  return { status: response.statusCode, body: parse(response.body), headers: response.headers };
}

function parse(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return text as unknown as Answer['body'];
  }
}

async function makeTenant(modules: Composition, name: string, options: TestTenantOptions): Promise<TestTenant> {
  const id = `t-${randomUUID()}`;
  await modules.identity.ensureTenant({ id, name, features: options.features });
  const tokenOf = (role: Role, isPlatformAdmin = false): Promise<string> =>
    makeToken(modules, { tenantId: id, role, isPlatformAdmin });
  return {
    id,
    tokens: {
      platform_admin: await makeToken(modules, { tenantId: 'platform', role: 'platform_admin' }),
      enterprise_admin: await tokenOf('enterprise_admin', options.platformAdmin),
      developer: await tokenOf('developer'),
      viewer: await tokenOf('viewer'),
    },
  };
}

/** Whom calls without credentials act as: an administrator with all rights, so that a test sees which are taken away. */
async function makeLocalUser({ identity }: Composition): Promise<{ tenantId: string; userId: string }> {
  const { id: tenantId } = await identity.ensureTenant({ id: 'demo', name: 'Demo' });
  const who = {
    email: 'admin@patchbay.local',
    name: 'Admin',
    role: 'enterprise_admin',
    isPlatformAdmin: true,
  } as const;
  const user = await identity.ensureUser({ tenantId, ...who });
  return { tenantId, userId: user.id };
}

async function makeToken(
  { identity }: Composition,
  who: { tenantId: string; role: Role; isPlatformAdmin?: boolean },
): Promise<string> {
  const email = `${who.role}-${randomUUID()}@${who.tenantId}.example`;
  const user = await identity.ensureUser({ ...who, email, name: who.role });
  const principal = await identity.localPrincipal({ tenantId: who.tenantId, userId: user.id });
  if (principal === undefined) throw new Error('The user was made just before');
  return (await identity.createToken(principal, { name: 'test' })).token;
}

/** A flow that greets: a webhook, or started by hand. */
export function greetingDocument(
  trigger: Partial<Extract<FlowDocument['trigger'], { kind: 'webhook' }>> | 'manual' = {},
): FlowDocument {
  const data = trigger === 'manual' ? 'trigger' : 'trigger.body';
  return {
    schemaVersion: 1,
    name: 'Greeting',
    description: '',
    mode: 'auto',
    trigger:
      trigger === 'manual'
        ? {
            kind: 'manual',
            title: 'Start',
            inputSchema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
          }
        : {
            kind: 'webhook',
            title: 'Called',
            bodySchema: {},
            reply: 'sync',
            auth: 'none',
            maxBodyBytes: 65_536,
            ...trigger,
          },
    steps: {
      greet: {
        key: 'greet',
        title: 'Greet',
        kind: 'transform',
        output: { object: { text: { template: `Hello, {{ ${data}.name }}!` } } },
      },
      answer: {
        key: 'answer',
        title: 'Answer',
        kind: 'respond',
        status: { value: 201 },
        headers: { 'X-Greeting': { value: 'yes' }, 'Set-Cookie': { value: 'a=b' }, Connection: { value: 'close' } },
        body: { formula: 'greet' },
      },
    },
    scopes: { root: { steps: ['greet', 'answer'], edges: [{ from: 'greet', port: 'out', to: 'answer' }] } },
    layout: { positions: {} },
    samples: { trigger: { body: { name: 'Sam' }, name: 'Sam' } },
  };
}

/** A flow that waits for an hour. */
export function waitingDocument(): FlowDocument {
  return {
    ...greetingDocument('manual'),
    name: 'Waiting',
    steps: { pause: { key: 'pause', title: 'Pause', kind: 'wait', wait: { durationSeconds: { value: 3600 } } } },
    scopes: { root: { steps: ['pause'], edges: [] } },
  };
}
