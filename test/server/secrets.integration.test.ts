import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedBuiltins } from '@patchbay/registry';
import { Client } from 'pg';
import { greetingDocument, startServerHarness, type ServerHarness } from './server-harness.ts';

/** Planted where secrets may stand, looked for everywhere else. */
const bearer = 'planted-bearer-7f3a9c51d2';
const password = 'planted-password-0b8e6d4417';

let server: ServerHarness;
let echo: Server;
let echoUrl: string;
let token: string;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  token = (await server.makeTenant('Secrets')).tokens.developer;
  const folder = new URL('../../plugins/http/', import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('connector.json', folder), 'utf8')) as unknown;
  await seedBuiltins(server.modules.database, [
    { manifest, bundle: await readFile(new URL('dist/index.mjs', folder)) },
  ]);
  // The worst kind of remote: it sends back whatever it was sent.
  echo = createServer((request, response) => {
    const status = request.url === '/fail' ? 400 : 200;
    response.writeHead(status, { 'content-type': 'application/json', 'x-echo': request.headers.authorization ?? '' });
    response.end(JSON.stringify({ seen: request.headers.authorization, failed: status === 400 }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => echo.once('listening', resolve));
  const address = echo.address();
  echoUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}, 120_000);
afterAll(async () => {
  echo.close();
  await server.stop();
});

async function makeFlow(connectionId: string, path: string): Promise<string> {
  const document = greetingDocument({ auth: 'secret' });
  document.steps['greet'] = {
    key: 'greet',
    title: 'Ask',
    kind: 'operation',
    connector: 'http',
    version: await newestVersion(),
    operation: 'get',
    connectionId,
    input: { url: { value: path } },
    resilience: { maxRetries: 0 },
  };
  const { body } = await server.call('createFlow', { token, body: { document } });
  const published = await server.call('publishFlow', { token, params: { id: body._id }, body: {} });
  expect(published.status).toBe(200);
  return body._id;
}

async function newestVersion(): Promise<string> {
  const { body } = await server.call('getConnector', { token, params: { id: 'http' } });
  return (body._source as { version: string }).version;
}

/** Everything that PostgreSQL holds, as text. */
async function dumpDatabase(): Promise<string> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const texts: string[] = [];
  for (const { name } of rows) {
    const table = await client.query<{ text: string }>(`select row_to_json(t)::text as text from "${name}" t`);
    texts.push(...table.rows.map((row) => row.text));
  }
  await client.end();
  return texts.join('\n');
}

async function dumpHistory(runId: string): Promise<string> {
  const row = (await server.modules.database.connection('runs').where({ id: runId }).first()) as {
    workflow_id: string;
  };
  const history = await server.modules.temporal.client.workflow.getHandle(row.workflow_id).fetchHistory();
  const bytes = (_key: string, value: unknown): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    const isBuffer = typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';
    return isBuffer ? Buffer.from((value as { data: number[] }).data).toString('latin1') : value;
  };
  return JSON.stringify(history, bytes);
}

async function call(flowId: string): Promise<{ runId: string; answer: string; secret: string }> {
  const flow = await server.call('getFlow', { token, params: { id: flowId } });
  const { webhook } = flow.body._source as { webhook: { url: string; secret: string } };
  const response = await server.app.inject({
    method: 'POST',
    url: new URL(webhook.url).pathname,
    headers: { 'content-type': 'application/json', 'x-patchbay-secret': webhook.secret },
    payload: { name: 'A' },
  });
  return { runId: String(response.headers['x-patchbay-run']), answer: response.body, secret: webhook.secret };
}

it('shows no planted secret in database, history, run view or answer', async () => {
  const connection = await server.call('createConnection', {
    token,
    body: { name: 'Echo', connector: 'http', authType: 'bearer', credentials: { base_url: echoUrl, token: bearer } },
  });
  await server.call('createConnection', {
    token,
    body: {
      name: 'Basic',
      connector: 'http',
      authType: 'basic',
      credentials: { base_url: echoUrl, username: 'u', password },
    },
  });
  const calls = [
    await call(await makeFlow(connection.body._id, '/ok')),
    await call(await makeFlow(connection.body._id, '/fail')),
  ];
  expect(calls[0]?.answer).toContain('"seen"');
  const seen: string[] = [
    await dumpDatabase(),
    JSON.stringify((await server.call('searchConnections', { token })).body),
  ];
  for (const { runId, answer } of calls) {
    const run = await server.call('getRun', { token, params: { id: runId } });
    const step = await server.call('getRunStep', { token, params: { id: runId }, query: { path: 'greet' } });
    expect(step.status).toBe(200);
    seen.push(answer, await dumpHistory(runId), JSON.stringify(run.body), JSON.stringify(step.body));
  }
  const secrets = [
    bearer,
    password,
    Buffer.from(`u:${password}`).toString('base64'),
    ...calls.map(({ secret }) => secret),
  ];
  const found = seen.flatMap((text, place) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
  );
  expect(found).toEqual([]);
});
