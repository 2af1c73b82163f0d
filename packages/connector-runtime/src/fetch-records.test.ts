import type { JsonValue } from '@patchbay/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCall, aManifest, failureOf, memoryLog } from '../test/call-fixture.ts';
import { sendJson, startStubServer, type StubServer } from '../test/stub-server.ts';
import { createConnectorRuntime, fetchRecords, type ConnectorRuntime, type FetchCall } from './index.ts';

/** What the server has; each page holds two of them. */
const words = ['a', 'b', 'c', 'd', 'e'];
let server: StubServer;
let runtime: ConnectorRuntime;
let asked: string[] = [];

const processor = {
  name: 'test',
  title: 'Words',
  operation: 'listWords',
  recordsPointer: '/words',
  page: { cursorPointer: '/next', cursorField: 'from' },
};
const manifest = aManifest({
  operations: [
    {
      name: 'listWords',
      title: 'List words',
      effect: 'read',
      input: { type: 'object', properties: { from: { type: 'string' }, kind: { type: 'string', default: 'words' } } },
      output: {},
      request: {
        method: 'GET',
        path: '/words',
        parameters: [
          { name: 'from', location: 'query' },
          { name: 'kind', location: 'query' },
        ],
      },
    },
  ],
  processors: [processor, { ...processor, name: 'single', page: undefined }],
});

function answer(kind: string | null, from: number): JsonValue {
  if (kind === 'circle') return { words, next: String((from + 2) % 4) };
  if (kind === 'none') return { items: [] };
  const next = from + 2 < words.length ? String(from + 2) : null;
  return { words: words.slice(from, from + 2), next };
}

const fetchCall = (options: Partial<FetchCall> = {}): FetchCall => {
  const { operation: _operation, ...call } = aCall({ manifest, operation: '' });
  return { ...call, connection: { id: 'c', config: { url: server.url } }, processor: 'test', ...options };
};

async function collect(options: Partial<FetchCall> = {}): Promise<unknown[]> {
  const pages: unknown[] = [];
  for await (const page of fetchRecords(runtime, fetchCall(options))) pages.push(page);
  return pages;
}

beforeAll(async () => {
  runtime = createConnectorRuntime({
    pluginStore: { load: () => Promise.reject(new Error('no package')) },
    egress: { allow: ['127.0.0.1'] },
    log: memoryLog(),
  });
  server = await startStubServer((request, response) => {
    const { searchParams } = new URL(request.url, 'http://x');
    asked.push(request.url);
    sendJson(response, 200, answer(searchParams.get('kind'), Number(searchParams.get('from') ?? 0)));
  });
});

afterAll(async () => {
  await runtime.close();
  await server.close();
});

describe('fetchRecords', () => {
  it('CO-01 CO-51x pulls all records page by page, by the cursor of the page before', async () => {
    asked = [];
    expect(await collect()).toEqual([
      { records: ['a', 'b'], cursor: '2' },
      { records: ['c', 'd'], cursor: '4' },
      { records: ['e'] },
    ]);
    expect(asked).toEqual(['/words?kind=words', '/words?from=2&kind=words', '/words?from=4&kind=words']);
  });

  it('goes on where an earlier fetch stopped', async () => {
    expect(await collect({ cursor: '4' })).toEqual([{ records: ['e'] }]);
  });

  it('fetches a page only when it is asked for', async () => {
    asked = [];
    const pages = fetchRecords(runtime, fetchCall());
    await pages.next();
    await pages.return();
    expect(asked).toHaveLength(1);
  });

  it('gives one page of a processor without pages', async () => {
    expect(await collect({ processor: 'single' })).toEqual([{ records: ['a', 'b'] }]);
    expect((await failureOf(collect({ processor: 'single', cursor: '2' }))).code).toBe('operation_input_invalid');
  });

  it('refuses a cursor that comes again', async () => {
    const error = await failureOf(collect({ input: { kind: 'circle' } }));
    expect([error.code, error.details]).toEqual(['operation_output_invalid', { cursor: '2' }]);
  });

  it('ends after the given number of pages and says where', async () => {
    const error = await failureOf(collect({ maxPages: 2 }));
    expect([error.code, error.details]).toEqual(['response_too_large', { cursor: '4' }]);
  });

  it('names the pointer when there are no records', async () => {
    const error = await failureOf(collect({ input: { kind: 'none' } }));
    expect([error.code, error.message]).toEqual(['operation_output_invalid', expect.stringContaining('"/words"')]);
  });

  it('names the processors there are', async () => {
    const error = await failureOf(collect({ processor: 'other' }));
    expect([error.code, error.details['processors']]).toEqual(['processor_unknown', ['test', 'single']]);
  });

  it('ends when it is aborted between two pages', async () => {
    const controller = new AbortController();
    const pages = fetchRecords(runtime, fetchCall({ signal: controller.signal }));
    await pages.next();
    controller.abort();
    expect((await failureOf(pages.next())).code).toBe('operation_cancelled');
  });
});
