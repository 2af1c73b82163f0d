/**
 * Fills a database with the program of an earlier release, through its API, and keeps it as a fixture of the migration test:
 * `node test/migrations/record-release.ts <folder of that release, with node_modules> <commit>`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readEnvironment } from '@patchbay/config';
import { findFreePort, startPostgres, waitFor } from '@patchbay/tooling';
import { readTables, writeDump, type KnownThings } from './release-dump.ts';

const [, , releaseArgument = '', commit = ''] = process.argv;
const release = resolve(releaseArgument);
const password = 'correct horse battery staple';

interface Caller {
  readonly url: string;
  readonly token?: string;
  readonly cookie?: string;
}

/** Answers of another release have no types here. */
type Answer = Record<string, unknown> & { readonly _id: string };

/** `route` is method and path, as in `GET /session/`. */
async function call(caller: Caller, route: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(caller.url + path, {
    method,
    headers: {
      'if-match': '*',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(caller.token !== undefined && { authorization: `Bearer ${caller.token}` }),
      ...(caller.cookie !== undefined && { cookie: caller.cookie }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route}: ${String(response.status)} ${text}`);
  return JSON.parse(text) as Answer;
}

/** Opens a one-time link and sets the password, as a person does. */
async function arrive(url: string, link: string): Promise<void> {
  const token = new URL(link).searchParams.get('token');
  const response = await fetch(`${url}/session/_link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  await call({ url, cookie }, 'POST /session/_password', { password });
}

async function signIn(url: string, email: string): Promise<Caller> {
  const response = await fetch(`${url}/session/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return { url, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

const greeting = (name: string) => ({
  schemaVersion: 1,
  name,
  description: 'Made by the release before.',
  mode: 'auto',
  trigger: { kind: 'webhook', title: 'Called', bodySchema: {}, reply: 'sync', auth: 'secret', maxBodyBytes: 65_536 },
  steps: {
    greet: {
      key: 'greet',
      title: 'Greet',
      kind: 'transform',
      output: { object: { text: { template: 'Hello, {{ trigger.body.name }}!' } } },
    },
    answer: {
      key: 'answer',
      title: 'Answer',
      kind: 'respond',
      status: { value: 200 },
      headers: {},
      body: { formula: 'greet' },
    },
  },
  scopes: { root: { steps: ['greet', 'answer'], edges: [{ from: 'greet', port: 'out', to: 'answer' }] } },
  layout: { positions: {} },
  samples: {},
});

const roles = ['platform_admin', 'enterprise_admin', 'developer', 'viewer'] as const;

async function makeUsers(admin: Caller): Promise<Pick<KnownThings, 'users' | 'tokens'>> {
  const users = [{ email: 'admin@patchbay.local', role: 'platform_admin', tenant: 'demo' }];
  const tokens = [{ token: admin.token ?? '', email: 'admin@patchbay.local', role: 'platform_admin' }];
  for (const role of roles) {
    const email = `${role}@demo.example`;
    const { signInLink } = await call(admin, 'POST /user/', { email, name: role, role });
    await arrive(admin.url, String(signInLink));
    const caller = await signIn(admin.url, email);
    const own = await call(caller, 'POST /token/', { name: 'own rights' });
    const lower = await call(caller, 'POST /token/', { name: 'reads only', role: 'viewer' });
    users.push({ email, role, tenant: 'demo' });
    tokens.push({ token: String(own['token']), email, role }, { token: String(lower['token']), email, role: 'viewer' });
  }
  return { users, tokens };
}

/** Nothing in the API of that release makes a tenant, so its own module does. */
async function makeSecondTenant(databaseUrl: string, url: string): Promise<KnownThings['users'][number]> {
  const from = async (path: string): Promise<Record<string, unknown>> =>
    (await import(pathToFileURL(join(release, 'packages', path, 'src/index.ts')).href)) as Record<string, unknown>;
  const { createDatabase } = (await from('database')) as {
    createDatabase(options: object): { close(): Promise<void> };
  };
  const { createIdentityService } = (await from('identity')) as {
    createIdentityService(database: object): {
      createTenant(input: object): Promise<{ id: string }>;
      ensureUser(input: object): Promise<{ id: string }>;
      issueSignInLink(who: object): Promise<string>;
    };
  };
  const database = createDatabase({ url: databaseUrl, poolMax: 2 });
  const identity = createIdentityService(database);
  const email = 'boss@second.example';
  const tenant = await identity.createTenant({ id: 'second', name: 'Second' });
  const user = await identity.ensureUser({ tenantId: tenant.id, email, name: 'Boss', role: 'enterprise_admin' });
  const token = await identity.issueSignInLink({ tenantId: tenant.id, userId: user.id });
  await arrive(url, `${url}/?token=${token}`);
  await database.close();
  return { email, role: 'enterprise_admin', tenant: 'second' };
}

async function makeConnections(admin: Caller): Promise<KnownThings['connections']> {
  await call(admin, 'POST /connection/', {
    name: 'Partner API',
    connector: 'http',
    authType: 'basic',
    credentials: {
      base_url: 'https://partner.example/v1',
      username: 'patchbay',
      password: 'throw-away-fixture-secret',
    },
  });
  const off = await call(admin, 'POST /connection/', {
    name: 'Switched off',
    connector: 'http',
    authType: 'none',
    credentials: { base_url: 'https://off.example' },
  });
  await call(admin, `PUT /connection/${off._id}`, { enabled: false });
  return (await listOf(admin, '/connection/_search?size=100')).map(({ _id, _source }) => {
    const { name, connector } = _source as { name: string; connector: { slug: string } };
    return { id: _id, name, slug: connector.slug };
  });
}

interface Hit {
  readonly _id: string;
  readonly _source: Record<string, unknown>;
}

async function listOf(caller: Caller, path: string): Promise<Hit[]> {
  const answer = (await call(caller, `GET ${path}`)) as unknown as { hits: { hits: Hit[] } };
  return answer.hits.hits;
}

async function makeFlows(admin: Caller): Promise<KnownThings['webhook']> {
  const make = async (name: string) => call(admin, 'POST /flow/', { document: greeting(name) });
  await make('Only a draft');
  const live = await make('Live with changes');
  await call(admin, `POST /flow/${live._id}/_publish`, { note: 'first' });
  await call(admin, `POST /flow/${live._id}/_publish`, { note: 'second' });
  const changed = { ...greeting('Live with changes'), description: 'Changed after it was published.' };
  await call(admin, `PUT /flow/${live._id}`, { document: changed });
  const off = await make('Switched off');
  await call(admin, `POST /flow/${off._id}/_publish`, {});
  await call(admin, `POST /flow/${off._id}/_disable`);
  const flow = (await call(admin, `GET /flow/${live._id}`)) as unknown as {
    _source: { webhook: { url: string; secret: string } };
  };
  const { webhook } = flow._source;
  return { path: new URL(webhook.url).pathname, secret: webhook.secret, answer: { text: 'Hello, Ada!' } };
}

/** Runs through a database, the stock system and mail. */
const order = {
  id: 'before-1',
  customer: { name: 'Ada', email: 'ada@example.com' },
  lines: [{ no: 1, sku: 'KB-0417', qty: 1 }],
};

async function makeRuns(admin: Caller, webhook: KnownThings['webhook']): Promise<KnownThings['runs']> {
  const headers = { 'content-type': 'application/json', 'x-patchbay-secret': webhook.secret };
  for (const body of [{ name: 'Ada' }, { name: 'Bo' }, { nobody: true }])
    await fetch(admin.url + webhook.path, { method: 'POST', headers, body: JSON.stringify(body) });
  const [hello] = await listOf(admin, '/flow/_search?query=Hello');
  await call(admin, 'POST /run/', { flowId: hello?._id, input: { body: { name: 'Cy' } } });
  const [intake] = await listOf(admin, '/flow/_search?query=Order');
  await call(admin, 'POST /run/', { flowId: intake?._id, input: { body: order } });
  const runs = await waitFor(
    async () => {
      const hits = await listOf(admin, '/run/_search?size=100');
      if (hits.length < 5 || hits.some(({ _source }) => _source['ended'] === undefined)) throw new Error('not yet');
      return hits;
    },
    { timeoutMs: 60_000 },
  );
  return runs.map(({ _id, _source }) => ({
    id: _id,
    flowId: String(_source['flowId']),
    state: String(_source['state']),
  }));
}

async function fill(databaseUrl: string, admin: Caller, signInLink: string): Promise<KnownThings> {
  await arrive(admin.url, signInLink);
  const people = await makeUsers(admin);
  const boss = await makeSecondTenant(databaseUrl, admin.url);
  const connections = await makeConnections(admin);
  const webhook = await makeFlows(admin);
  const runs = await makeRuns(admin, webhook);
  const flows = (await listOf(admin, '/flow/_search?size=100')).map(({ _id, _source }) => ({
    id: _id,
    name: String(_source['name']),
    state: String(_source['state']),
  }));
  return { ...people, users: [...people.users, boss], password, connections, flows, runs, webhook };
}

/** The statements by which that release makes its schema. */
async function readSchema(): Promise<string[]> {
  const statements = [
    `create table schema_migrations (module text not null, id text not null, applied_at timestamptz not null default now(),
       constraint schema_migrations_module_id_key primary key (module, id))`,
  ];
  const raw = (text: string): Promise<void> => {
    statements.push(text);
    return Promise.resolve();
  };
  for (const name of ['identity', 'registry', 'vault', 'flows']) {
    const path = join(release, 'packages', name, 'src/migrations/index.ts');
    const modules = (await import(pathToFileURL(path).href)) as Record<
      string,
      { migrations: { up(db: object): Promise<void> }[] }
    >;
    for (const { migrations } of Object.values(modules))
      for (const migration of migrations) await migration.up({ raw });
  }
  return statements;
}

function startRelease(dataDir: string, databaseUrl: string, port: number): ChildProcess {
  return spawn(process.execPath, [join(release, 'packages/cli/bin/patchbay.mjs'), 'dev', '--json'], {
    cwd: release,
    env: { ...readEnvironment(), DATABASE_URL: databaseUrl, PORT: String(port), PATCHBAY_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstAnswer(child: ChildProcess): Promise<{ url: string; signInLink: string }> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    try {
      return JSON.parse(text) as { url: string; signInLink: string };
    } catch {
      // Not whole yet.
    }
  }
  throw new Error('It ended before it was ready.');
}

const folder = await mkdtemp(join(tmpdir(), 'patchbay-record-'));
const dataDir = join(folder, 'data');
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined });
const child = startRelease(dataDir, postgres.url, await findFreePort(9411));
try {
  const { url, signInLink } = await firstAnswer(child);
  const { token } = JSON.parse(await readFile(join(dataDir, 'cli.json'), 'utf8')) as { token: string };
  const known = await fill(postgres.url, { url, token }, signInLink);
  const masterKey = (await readFile(join(dataDir, 'master.key'), 'utf8')).trim();
  const file = fileURLToPath(new URL(`fixtures/${commit}.json.gz`, import.meta.url));
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
  await writeDump(file, {
    commit,
    masterKey,
    schema: await readSchema(),
    tables: await readTables(postgres.url),
    known,
  });
} finally {
  child.kill('SIGINT');
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
