/** Data processors pulled by the API from real files, a real HTTP server and a real PostgreSQL (CO-01, CO-51x). */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHttpStub, type StubRemote } from '@patchbay/connector-testkit';
import { bundleConnector } from '@patchbay/connector-testkit/build';
import { seedBuiltins, type BuiltinPackage } from '@patchbay/registry';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsAs } from './calls-fixture.ts';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';

const token = 'planted-fetch-token-91c4';
const total = 7;
let server: ServerHarness;
let acme: TestTenant;
let other: TestTenant;
let remote: StubRemote;
let database: Client;
let bundles: string;

async function packageOf(id: string): Promise<BuiltinPackage> {
  const folder = fileURLToPath(new URL(`../../plugins/${id}`, import.meta.url));
  const manifest = JSON.parse(await readFile(join(folder, 'connector.json'), 'utf8')) as unknown;
  return { manifest, bundle: await readFile(await bundleConnector(folder, join(bundles, id))) };
}

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'patchbay-bundles-'));
  server = await startServerHarness({ withWorker: true });
  [acme, other] = await Promise.all([server.makeTenant('Acme'), server.makeTenant('Other')]);
  const packages = await Promise.all(['http', 'local-files', 'postgres'].map(packageOf));
  await seedBuiltins(server.modules.database, packages);
  remote = await startHttpStub((request, response) => {
    const from = Number(new URL(request.url, 'http://x').searchParams.get('from') ?? 0);
    const next = from + 3 < total ? { link: `</orders?from=${String(from + 3)}>; rel="next"` } : {};
    const status = request.url.startsWith('/broken') ? 500 : 200;
    response.writeHead(status, { 'content-type': 'application/json', ...next });
    const orders = Array.from({ length: total }, (_unused, id) => ({ id })).slice(from, from + 3);
    response.end(JSON.stringify(status === 200 ? orders : { seen: request.headers.authorization }));
  });
  database = new Client({ connectionString: server.databaseUrl });
  await database.connect();
  await database.query('create table fetched (id int primary key, words text)');
  await database.query(`insert into fetched select n, repeat('word ', 10) from generate_series(0, 1299) n`);
}, 120_000);

afterAll(async () => {
  await database.end();
  await server.stop();
  await remote.close();
  await rm(bundles, { recursive: true });
});

const call = (id: string, body: object, as = acme.tokens.developer): Promise<Answer> =>
  server.call('fetchRecords', { token: as, params: { id }, body });

/** All pages, from the first to the last. */
async function pull(id: string, body: object): Promise<{ records: { id: number }[]; pages: number }> {
  const records: { id: number }[] = [];
  let pages = 0;
  let cursor: unknown;
  do {
    const answer = await call(id, { ...body, ...(cursor !== undefined && { cursor }) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const page = answer.body as unknown as { records: { id: number }[]; cursor?: unknown; took: number };
    expect(page.took).toBeGreaterThanOrEqual(0);
    records.push(...page.records);
    cursor = page.cursor;
    pages += 1;
  } while (cursor !== undefined);
  return { records, pages };
}

async function connect(connector: string, body: object): Promise<string> {
  const name = `${connector} ${Math.random().toString(36).slice(2)}`;
  const made = await server.call('createConnection', {
    token: acme.tokens.developer,
    body: { name, connector, ...body },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return made.body._id;
}

const httpConnection = (): Promise<string> =>
  connect('http', { authType: 'bearer', credentials: { token, base_url: remote.url } });

async function putFile(tenant: TestTenant, path: string, content: string): Promise<void> {
  await mkdir(join(server.filesDir, tenant.id), { recursive: true });
  await writeFile(join(server.filesDir, tenant.id, path), content);
}

const refusal = ({ status, body }: Answer): unknown => [status, body.error.code];

describe('fetching records through the API', () => {
  it('CO-01 CO-51x a plugin pulls all records of files, over several pages', async () => {
    await putFile(
      acme,
      'rows.csv',
      `id,words\n${Array.from({ length: total }, (_unused, id) => `${String(id)},x\n`).join('')}`,
    );
    const input = { path: 'rows.csv', pageSize: 3 };
    const { records, pages } = await pull('local-files', { processor: 'file-records', input });
    expect([records.map(({ id }) => id), pages]).toEqual([['0', '1', '2', '3', '4', '5', '6'], 3]);
    await putFile(acme, 'notes.txt', 'Hello');
    const files = await pull('local-files', { input: { pageSize: 1 } });
    expect(files).toMatchObject({ pages: 2, records: [{ path: 'notes.txt', text: 'Hello' }, { path: 'rows.csv' }] });
  });

  it('CO-01 CO-51x a plugin pulls all records over HTTP, over several pages, with the credentials of the connection', async () => {
    const connection_id = await httpConnection();
    const { records, pages } = await pull('http', { connection_id, input: { url: '/orders', paging: 'link_header' } });
    expect([records.map(({ id }) => id), pages]).toEqual([[0, 1, 2, 3, 4, 5, 6], 3]);
    const asked = remote.requests.slice(-3);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(`Bearer ${token}`));
  });

  it('CO-01 CO-51x CO-62x a plugin pulls all records of a database, pages of 500, also large ones', async () => {
    const url = new URL(server.databaseUrl);
    const connection_id = await connect('postgres', {
      credentials: {
        ...{ host: url.hostname, port: url.port, database: url.pathname.slice(1) },
        ...{ user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
      },
    });
    const input = { sql: 'select id, words from fetched where id >= $1', values: [0], keyColumns: ['id'] };
    const { records, pages } = await pull('postgres', { connection_id, input });
    expect([records.map(({ id }) => id), pages]).toEqual([Array.from({ length: 1_300 }, (_unused, id) => id), 3]);
  });

  it('gives a tenant its own files only', async () => {
    await putFile(other, 'theirs.csv', 'id\n1\n');
    const paths = async (as: string): Promise<unknown> => {
      const { body } = await call('local-files', { input: { extensions: ['csv'] } }, as);
      return (body as unknown as { records: { path: string }[] }).records.map(({ path }) => path);
    };
    expect(await paths(other.tokens.developer)).toEqual(['theirs.csv']);
    expect(await paths(acme.tokens.developer)).toEqual(['rows.csv']);
    const out = await call('local-files', { input: { paths: [`../${other.id}`] } });
    expect(refusal(out)).toEqual([422, 'operation_input_invalid']);
    expect(out.body.error).toMatchObject({ reason: expect.stringContaining('paths.0') as string });
  });

  it('shows the processors of a connector, and which one is meant', async () => {
    const { body } = await server.call('getConnector', { token: acme.tokens.viewer, params: { id: 'local-files' } });
    expect(body._source).toMatchObject({
      processor: { enabled: true, name: 'local-files' },
      processors: [
        { name: 'local-files', title: 'Files', operation: 'readFiles' },
        { name: 'file-records', title: 'Records of a file', operation: 'readRecords' },
      ],
    });
  });

  it('5.32 the default is the processor called like the connector; where there is none, it says which there are', async () => {
    const unknown = await call('local-files', { processor: 'other' });
    expect(refusal(unknown)).toEqual([422, 'processor_unknown']);
    expect(unknown.body.error).toMatchObject({
      reason: expect.stringContaining('local-files, file-records') as string,
    });
    const admin = callsAs(server, acme.tokens.enterprise_admin);
    const { slug } = await admin.makeReady({ base_url: remote.url, processor: { enabled: true } });
    const none = await call(slug, {});
    expect(refusal(none)).toEqual([422, 'processor_unknown']);
    expect(none.body.error).toMatchObject({ reason: expect.stringContaining('It has none.') as string });
  });

  it('CO-14 CO-15 fetches nothing while processing is off, and what the connector names when nothing is said', async () => {
    const admin = callsAs(server, acme.tokens.enterprise_admin);
    const { slug } = await admin.makeReady({ base_url: remote.url, processor: { enabled: false } });
    expect(refusal(await call(slug, {}))).toEqual([409, 'processor_disabled']);
    // A built-in connector cannot be changed by the API.
    const put = (processor: object): Promise<unknown> =>
      database.query(`update connectors set processor = $1 where id = 'local-files'`, [JSON.stringify(processor)]);
    await put({ enabled: false, name: 'local-files' });
    expect(refusal(await call('local-files', {}))).toEqual([409, 'processor_disabled']);
    await put({ enabled: true, name: 'file-records' });
    const named = await call('local-files', { input: { path: 'rows.csv' } });
    expect(named.body).toMatchObject({ processor: 'file-records' });
    await put({ enabled: true, name: 'gone' });
    expect(refusal(await call('local-files', {}))).toEqual([422, 'processor_unknown']);
    await put({ enabled: true });
    expect((await call('local-files', {})).body).toMatchObject({ processor: 'local-files' });
  });

  it('names the field that does not fit', async () => {
    const wrong = await call('local-files', { input: { pageSize: 'x' } });
    expect(refusal(wrong)).toEqual([400, 'validation_error']);
    expect(wrong.body.error.details).toMatchObject({ fields: [{ path: '/input/pageSize' }] });
    const unknown = await call('local-files', { inputs: {} });
    expect(refusal(unknown)).toEqual([400, 'validation_error']);
  });

  it('refuses by role, tenant and connection', async () => {
    expect(refusal(await call('local-files', {}, acme.tokens.viewer))).toEqual([403, 'forbidden_role']);
    expect(refusal(await call('none', {}))).toEqual([404, 'connector_not_found']);
    const connection_id = await httpConnection();
    const input = { url: '/orders' };
    expect(refusal(await call('http', { connection_id, input }, other.tokens.developer))).toEqual([
      404,
      'connection_not_found',
    ]);
    expect(refusal(await call('postgres', { connection_id, input: { table: 'x' } }))).toEqual([
      422,
      'connection_auth_mismatch',
    ]);
    expect(refusal(await call('postgres', { input: { table: 'x' } }))).toEqual([409, 'connection_required']);
    await server.call('disableConnection', { token: acme.tokens.developer, params: { id: connection_id } });
    expect(refusal(await call('http', { connection_id, input }))).toEqual([409, 'connection_disabled']);
  });

  it('gives the error of a call that failed, without secrets', async () => {
    const connection_id = await httpConnection();
    const broken = await call('http', { connection_id, input: { url: '/broken' } });
    expect(refusal(broken)).toEqual([503, 'remote_unavailable']);
    expect(JSON.stringify([broken.body, broken.headers])).not.toContain(token);
  });
});
