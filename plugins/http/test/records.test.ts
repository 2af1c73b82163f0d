import {
  failureOf,
  packageDirOf,
  startConnector,
  startHttpStub,
  type ConnectorHarness,
  type StubRemote,
  type TestCall,
} from '@patchbay/connector-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector } from '../src/index.ts';

interface Page {
  readonly records: { readonly id: number }[];
  readonly cursor?: string;
}
type Input = Parameters<ConnectorHarness['invoke']>[1];

const total = 7;
const size = 3;
let harness: ConnectorHarness;
let server: StubRemote;

/** What the server says on a path about the page at `from`. */
function answerOf(path: string, from: number): { readonly headers?: Record<string, string>; readonly body: unknown } {
  const items = Array.from({ length: total }, (_unused, id) => ({ id })).slice(from, from + size);
  const next = from + size < total ? `/v1${path}?from=${String(from + size)}` : undefined;
  const link = next === undefined ? '' : `<${next}>; rel="next", `;
  switch (path) {
    case '/link':
      return { headers: { link: `${link}</v1/link?from=0>; rel="first"` }, body: items };
    case '/next':
      return { body: { data: { items }, links: { next: next === undefined ? null : server.url + next } } };
    case '/elsewhere':
      return { body: { items, next: `http://other.example.com/v1/steal?from=${String(from)}` } };
    case '/numbers':
      return { body: { items } };
    default:
      return { body: { hits: 0 } };
  }
}

beforeAll(async () => {
  harness = await startConnector(connector, packageDirOf(import.meta.url));
  server = await startHttpStub((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    const page = Number(searchParams.get('p') ?? 1);
    const from = Number(searchParams.get('from') ?? (page - 1) * size);
    if (pathname === '/v1/text') return response.writeHead(200, { 'content-type': 'text/plain' }).end('x');
    const { headers = {}, body } = answerOf(pathname.replace('/v1', ''), from);
    return response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
});

afterAll(async () => {
  await harness.close();
  await server.close();
});

const signedIn = (): TestCall => ({
  connection: { authType: 'bearer', credentials: { token: 'planted-token' }, config: { base_url: `${server.url}/v1` } },
});

async function pageOf(input: Input, call: TestCall = signedIn()): Promise<Page> {
  return (await harness.invoke('getRecords', input, call)).output as unknown as Page;
}

async function pull(input: Input, call?: TestCall): Promise<{ ids: number[]; pages: number }> {
  const ids: number[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await pageOf({ ...input, ...(cursor !== undefined && { cursor }) }, call);
    ids.push(...page.records.map(({ id }) => id));
    cursor = page.cursor;
    pages += 1;
  } while (cursor !== undefined);
  return { ids, pages };
}

describe('getRecords against a real HTTP server', () => {
  const everything = [0, 1, 2, 3, 4, 5, 6];

  it('CO-01 pulls all records by the Link header, each page with the credentials', async () => {
    expect(await pull({ url: '/link', paging: 'link_header' })).toEqual({ ids: everything, pages: 3 });
    const asked = server.requests.slice(-3);
    expect(asked.map(({ url }) => url)).toEqual(['/v1/link', '/v1/link?from=3', '/v1/link?from=6']);
    expect(asked.every(({ headers }) => headers.authorization === 'Bearer planted-token')).toBe(true);
  });

  it('CO-01 pulls all records by an address inside the answer', async () => {
    const input = { url: `${server.url}/v1/next`, paging: 'next_url', nextPointer: '/links/next' };
    expect(await pull({ ...input, recordsPointer: '/data/items' }, {})).toEqual({ ids: everything, pages: 3 });
  });

  it('CO-01 pulls all records by page numbers, until a page is empty or short', async () => {
    const input = { url: '/numbers', recordsPointer: '/items', paging: 'page_number', pageParameter: 'p' };
    expect(await pull({ ...input, query: { q: 'x' } })).toEqual({ ids: everything, pages: 4 });
    expect(server.requests.at(-1)?.url).toBe('/v1/numbers?q=x&p=4');
    expect(await pull({ ...input, pageSize: size })).toEqual({ ids: everything, pages: 3 });
  });

  it('gives one page without paging', async () => {
    expect(await pageOf({ url: '/numbers', recordsPointer: '/items' })).toMatchObject({ records: [{ id: 0 }, {}, {}] });
  });

  it('does not follow an answer to another host', async () => {
    const input = { url: '/elsewhere', recordsPointer: '/items', paging: 'next_url', nextPointer: '/next' };
    const error = await failureOf(pageOf(input));
    expect([error.code, error.message]).toEqual([
      'remote_bad_request',
      expect.stringContaining('other.example.com. It is not called'),
    ]);
  });

  it.each([
    [{ paging: 'link_header', cursor: 'http://other.example.com/x' }, '/cursor'],
    [{ paging: 'link_header', cursor: '/x' }, '/cursor'],
    [{ paging: 'page_number', cursor: '-1' }, '/cursor'],
    [{ cursor: 'x' }, '/cursor'],
    [{ recordsPointer: 'items' }, '/recordsPointer'],
    [{ paging: 'next_url' }, '/nextPointer'],
    [{ paging: 'next_url', nextPointer: 'next' }, '/nextPointer'],
  ])('refuses %o and names %s', async (input, path) => {
    const error = await failureOf(pageOf({ url: '/numbers', ...input }));
    expect([error.code, error.details['problems']]).toMatchObject(['operation_input_invalid', [{ path }]]);
  });

  it('says what an answer lacks', async () => {
    expect((await failureOf(pageOf({ url: '/none', recordsPointer: '/hits/hits' }))).message).toContain('"/hits/hits"');
    expect((await failureOf(pageOf({ url: '/text' }))).message).toContain('no JSON');
  });
});
