import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@patchbay/config';
import { routePaths, type RouteId } from '@patchbay/api-contract/client';
import {
  before,
  fakeAudit,
  fakeConnections,
  fakeConnector,
  fakeConnectors,
  fakeFlows,
  fakeRuns,
  fakeSession,
  fakeTenant,
} from './fake-data.ts';

/** What the fake answers: sample data, empty lists, or an error on every read. */
export type FakeMode = 'filled' | 'empty' | 'error';

/** A fake of the Patchbay server for tests of the screens: it serves the built app and canned answers. */
export interface FakeApi {
  readonly url: string;
  mode: FakeMode;
  /** Answers with this instead, by route; for tests of one case. */
  readonly answers: Map<RouteId, { readonly status: number; readonly body: unknown }>;
  /** Calls that were made, newest last. */
  readonly calls: { readonly id: RouteId; readonly url: string; readonly body: unknown }[];
  /** Nobody is signed in until this is true. */
  isSignedIn: boolean;
  close(): Promise<void>;
}

/** The built app; `PATCHBAY_WEB_DIR` names another build, as it does for the server. */
const distFolder =
  readEnvironment()['PATCHBAY_WEB_DIR'] ?? fileURLToPath(new URL('../../../web/app/dist/', import.meta.url));
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};
/** The policy that the real server sends; a screen that breaks it breaks here too. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Starts the fake on a free port of 127.0.0.1. */
export async function startFakeApi(mode: FakeMode = 'filled'): Promise<FakeApi> {
  const server = createServer((request, response) => {
    handle(fake, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const fake: FakeApi = {
    url: `http://127.0.0.1:${port}`,
    mode,
    answers: new Map(),
    calls: [],
    isSignedIn: true,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

async function handle(fake: FakeApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  if (url.pathname === '/app' || url.pathname.startsWith('/app/')) {
    sendFile(response, url.pathname.slice('/app/'.length));
    return;
  }
  if (url.pathname === '/healthz') {
    sendJson(response, 200, { status: 'ok' });
    return;
  }
  const found = findRoute(request.method ?? 'GET', url.pathname);
  if (found === undefined) {
    sendJson(response, 404, problem(404, 'not_found', 'Nothing is there, or you may not see it.'));
    return;
  }
  fake.calls.push({ id: found.id, url: url.pathname + url.search, body: await readBody(request) });
  const canned = fake.answers.get(found.id);
  const answer = canned ?? answerOf(fake, { ...found, url });
  sendJson(response, answer.status, answer.body);
}

function answerOf(fake: FakeApi, call: FakeCall): { status: number; body: unknown } {
  const { id } = call;
  const isSession = id === 'getSession' || id === 'signIn' || id === 'signInByLink' || id === 'signOut';
  if (id === 'signIn' || id === 'signInByLink') fake.isSignedIn = true;
  if (!fake.isSignedIn) return { status: 401, body: problem(401, 'unauthenticated', 'You are not signed in.') };
  if (fake.mode === 'error' && !isSession && id !== 'getRunStats') {
    return { status: 503, body: problem(503, 'service_unavailable', 'The database does not answer.') };
  }
  const body = readAnswer(fake.mode, call) ?? { _id: 'new1', result: 'updated', revision: 4 };
  return { status: 200, body };
}

/** A call that found its route. */
interface FakeCall {
  readonly id: RouteId;
  readonly url: URL;
  readonly params: Record<string, string>;
}

function readAnswer(mode: FakeMode, { id, url, params }: FakeCall): unknown {
  const now = Date.now();
  const page = <Row extends { id?: string }>(rows: readonly Row[]): unknown => {
    const list = mode === 'empty' ? [] : rows;
    const query = (url.searchParams.get('query') ?? '').toLowerCase();
    const fitting = list.filter((row) => JSON.stringify(row).toLowerCase().includes(query));
    return {
      took: 1,
      hits: {
        total: { value: fitting.length, relation: 'eq' },
        hits: fitting.map((row, index) => ({ _id: row.id ?? String(index), _source: row })),
      },
    };
  };
  const one = <Row extends { id: string }>(rows: readonly Row[]): unknown => {
    const row = rows.find((candidate) => candidate.id === params['id']) ?? rows[0];
    return { _id: row?.id, _source: row, found: true };
  };
  const facets = {
    category: [
      { value: 'Commerce', count: 1 },
      { value: 'Databases', count: 1 },
      { value: 'Mail and chat', count: 1 },
    ],
    authType: [
      { value: 'api_key', count: 1 },
      { value: 'custom', count: 2 },
      { value: 'none', count: 1 },
    ],
    runtime: [
      { value: 'declarative', count: 2 },
      { value: 'node', count: 2 },
    ],
  };
  const connectors =
    url.searchParams.get('query') === 'reserve'
      ? fakeConnectors(now).map((card) =>
          card.slug === 'stockroom'
            ? { ...card, matchedOperations: [{ name: 'reserveStock', title: 'Reserve stock' }] }
            : card,
        )
      : fakeConnectors(now);
  const reads: Partial<Record<RouteId, () => unknown>> = {
    getSession: () => fakeSession(now),
    signIn: () => fakeSession(now),
    signInByLink: () => ({ ...fakeSession(now), user: { ...fakeSession(now).user, hasPassword: false } }),
    getRunStats: () => fakeStats(mode, now, Number(url.searchParams.get('buckets') ?? '24')),
    searchFlows: () => page(fakeFlows(now)),
    searchRuns: () => page(fakeRuns(now).filter(({ state }) => fitsState(state, url.searchParams.get('state')))),
    searchConnections: () => page(fakeConnections(now)),
    getConnection: () => one(fakeConnections(now)),
    testConnection: () => ({ health: 'healthy', message: 'Answered with 12 stores.', durationMs: 212 }),
    searchConnectors: () => page(connectors),
    searchConnectorsByPost: () => page(connectors),
    searchTenants: () => page([fakeTenant(now)]),
    searchAudit: () => page(fakeAudit(now)),
    searchMarketplace: () => ({ ...(page(connectors) as object), facets: mode === 'empty' ? {} : facets }),
    getConnector: () => one([fakeConnector(now)]),
    getConnectorVersion: () => one([fakeConnector(now)]),
    getMarketplaceListing: () => one([fakeConnector(now)]),
    searchUsers: () => page([fakeSession(now).user]),
    searchTokens: () =>
      page([
        {
          id: 'k1',
          created: before(now, 86_400_000),
          name: 'Deploy',
          prefix: 'pb_7f2k',
          role: 'developer',
          lastUsed: before(now, 3_600_000),
        },
      ]),
    createToken: () => ({ _id: 'k2', result: 'created', token: 'pb_fake_token_shown_once' }),
    createUser: () => ({ _id: 'u2', result: 'created', signInLink: 'http://127.0.0.1/app/sign-in?token=fake' }),
    createFlow: () => ({ _id: 'f9', result: 'created', revision: 1 }),
    createConnection: () => ({ _id: 'c9', result: 'created', revision: 1 }),
    exportFlow: () => ({ _id: 'f1', format: 'json', text: '{}' }),
  };
  return reads[id]?.();
}

const fitsState = (state: string, wanted: string | null): boolean =>
  wanted === null || wanted.split(',').includes(state);

function fakeStats(mode: FakeMode, now: number, buckets: number): unknown {
  const isEmpty = mode === 'empty';
  return {
    running: isEmpty ? 0 : 2,
    liveFlows: isEmpty ? 0 : 4,
    connectionsToFix: isEmpty ? 0 : 2,
    failingFlows: isEmpty
      ? []
      : [
          {
            flowId: 'f1',
            flowName: 'Order intake',
            failed: 9,
            lastRunId: '01JRUN8812',
            message: 'Reserve item: Stockroom refuses quantity 0.',
          },
        ],
    buckets: Array.from({ length: buckets }, (_, index) => ({
      from: before(now, (buckets - index) * (86_400_000 / buckets)),
      succeeded: isEmpty ? 0 : Math.round(90 + 80 * Math.sin((index / buckets) * 6)),
      failed: !isEmpty && index > buckets - 4 ? 4 : 0,
      cancelled: 0,
    })),
  };
}

const problem = (status: number, code: string, reason: string) => ({
  status,
  error: { code, reason, hint: 'Try again in a moment.', details: {} },
});

function findRoute(method: string, path: string): { id: RouteId; params: Record<string, string> } | undefined {
  for (const [id, [routeMethod, pattern]] of Object.entries(routePaths)) {
    const names = [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const match = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
    if (routeMethod !== method || match === null) continue;
    if (match.slice(1).some((value) => value.startsWith('_'))) continue;
    return {
      id: id as RouteId,
      params: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])),
    };
  }
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendFile(response: ServerResponse, path: string): void {
  const wanted = join(distFolder, normalize(`/${path}`));
  const file = extname(path) !== '' && existsSync(wanted) ? wanted : join(distFolder, 'index.html');
  response.writeHead(200, {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
  });
  createReadStream(file).pipe(response);
}

/** Throws with what to do if the app has not been built. */
export async function requireBuiltApp(): Promise<void> {
  await readFile(join(distFolder, 'index.html')).catch(() => {
    throw new Error('web/app/dist is missing: run `npm test`, or `vite build` in web/app');
  });
}
