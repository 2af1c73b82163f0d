/** The connector search: shape, words, pages, order, filters and fields. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Call } from '../server/server-harness.ts';
import { refusalOf, startAuthoring, type Authoring } from './authoring.ts';
import { weatherBody } from './connector-bodies.ts';
import { must, storePassedTests } from './lifecycle-fixture.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
  await on.make({
    name: 'GitHub Issues',
    slug: 'gh-issues',
    category: 'version_control',
    tags: ['git'],
    config: { token: 'planted' },
  });
  await on.make({
    name: 'Invoices',
    slug: 'books',
    description: 'Not github at all.',
    type: 'Finance',
    enabled: false,
  });
  await on.make({ ...weatherBody, category: 'weather', tags: ['sky', 'git'] });
});
afterAll(() => on.stop());

type Rows = { _id: string; _source: Record<string, unknown> }[];
const search = (query: Record<string, string | number>, token = on.author): Promise<Answer> =>
  on.server.call('searchConnectors', { token, query });
const rowsOf = (answer: Answer): Rows => (answer.body as unknown as { hits: { hits: Rows } }).hits.hits;
const slugs = async (query: Record<string, string | number>): Promise<unknown[]> => {
  const answer = await search(query);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return rowsOf(answer).map((row) => row._source['slug']);
};
/** Several filters in one address. */
const filtered = async (filters: readonly string[]): Promise<unknown[]> => {
  const call: Call = { token: on.author, body: { filter: filters, sort: 'slug' } };
  const answer = await on.server.call('searchConnectorsByPost', call);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return rowsOf(answer).map((row) => row._source['slug']);
};

describe('the answer', () => {
  it('CO-30 CO-31 has took, the total and hits with _id and _source', async () => {
    const { status, body } = await search({ size: 2 });
    expect(status).toBe(200);
    const { took, hits } = body as unknown as { took: number; hits: { total: object; hits: Rows } };
    expect(Object.keys(body).sort()).toEqual(['hits', 'took']);
    expect(typeof took).toBe('number');
    expect([hits.total, hits.hits.length]).toEqual([{ value: 4, relation: 'eq' }, 2]);
    const [row] = hits.hits;
    expect(Object.keys(row ?? {}).sort()).toEqual(['_id', '_source']);
    expect(row?._source).toMatchObject({ id: row?._id });
    for (const field of ['id', 'name', 'category', 'icon', 'enabled', 'created'])
      expect(row?._source).toHaveProperty(field);
  });

  it('CO-34 never holds a secret', async () => {
    const answer = await search({ query: 'github' });
    expect(rowsOf(answer)[0]?._source['config']).toEqual({ token: '******' });
    expect(JSON.stringify(answer.body)).not.toContain('planted');
  });

  it('CO-44x can be asked for by POST', async () => {
    const answer = await on.server.call('searchConnectorsByPost', {
      token: on.author,
      body: { query: 'github', size: 5 },
    });
    expect(rowsOf(answer).map((row) => row._source['slug'])).toEqual(['gh-issues']);
    expect((await on.server.call('searchConnectorsByPost', { token: on.author })).status).toBe(200);
  });
});

describe('the words', () => {
  it('ZO-11 CO-33 are looked for in names and slugs', async () => {
    expect(await slugs({ query: 'github' })).toEqual(['gh-issues']);
    expect(await slugs({ query: 'ISSUES' })).toEqual(['gh-issues']);
    expect(await slugs({ query: 'gh-iss' })).toEqual(['gh-issues']);
    expect(await slugs({ query: 'books' })).toEqual(['books']);
    expect(await slugs({ query: 'weather open' })).toEqual(['openweathermap']);
    const none = await search({ query: 'zzz' });
    expect([none.status, rowsOf(none)]).toEqual([200, []]);
    expect(await slugs({ query: '%' })).toEqual([]);
  });

  it('CO-44x without words the newest comes first', async () => {
    expect(await slugs({})).toEqual(['openweathermap', 'books', 'gh-issues', 'worldbank']);
  });
});

describe('pages and order', () => {
  it('CO-45x from and size choose a part', async () => {
    expect(await slugs({ from: 1, size: 2 })).toEqual(['books', 'gh-issues']);
    expect(await slugs({ size: 0 })).toEqual([]);
    for (const query of [{ from: -1 }, { from: 'x' }, { size: -1 }, { size: 1.5 }, { size: 100_000 }]) {
      expect(refusalOf(await search(query as Record<string, string | number>))).toEqual([400, 'validation_error']);
    }
  });

  it('CO-45x sort takes fields with their direction', async () => {
    expect(await slugs({ sort: 'name' })).toEqual(['gh-issues', 'books', 'openweathermap', 'worldbank']);
    expect(await slugs({ sort: 'name:desc' })).toEqual(['worldbank', 'openweathermap', 'books', 'gh-issues']);
    expect(await slugs({ sort: '-created' })).toEqual(await slugs({}));
    expect(await slugs({ sort: 'enabled:asc,name:desc' })).toEqual([
      'books',
      'worldbank',
      'openweathermap',
      'gh-issues',
    ]);
    for (const sort of ['integrity', 'name:up', 'name; drop table connectors']) {
      expect(refusalOf(await search({ sort }))).toEqual([400, 'validation_error']);
    }
  });
});

describe('filters', () => {
  it.each([
    [['category:weather'], ['openweathermap']],
    [
      ['category=weather', 'category=version_control'],
      ['gh-issues', 'openweathermap'],
    ],
    [['category:any(weather, version_control)'], ['gh-issues', 'openweathermap']],
    [['tags:git'], ['gh-issues', 'openweathermap']],
    [['tags:git', 'category:weather'], ['openweathermap']],
    [['enabled:false'], ['books']],
    [['builtin:true'], ['worldbank']],
    [
      ['owned:true', '-enabled:false'],
      ['gh-issues', 'openweathermap'],
    ],
    [['!tags:git', 'builtin:false'], ['books']],
    [
      ['exists(tags)', 'builtin:false'],
      ['gh-issues', 'openweathermap'],
    ],
    [['-exists(category)'], ['books']],
    [['stage:draft'], ['books', 'gh-issues', 'openweathermap']],
    [['auth_type:api_key'], ['openweathermap']],
    [['created>=2020-01-01T00:00:00Z', 'created<2020-01-02T00:00:00Z'], []],
    [['revision>0', 'builtin:true'], ['worldbank']],
    [['type:Finance'], ['books']],
    [['publisher:platform'], ['worldbank']],
    [
      ['publisher:any(own, nobody)', 'tags:git'],
      ['gh-issues', 'openweathermap'],
    ],
  ])('CO-46x CO-05 %j', async (filters, expected) => {
    expect(await filtered(filters)).toEqual(expected);
  });

  it.each(['nonsense', 'secret:1', 'enabled:maybe', 'created>yesterday', 'tags>a', 'exists(', ":'; --"])(
    'CO-46x refuses "%s"',
    async (filter) => {
      expect(refusalOf(await search({ filter }))).toEqual([400, 'validation_error']);
    },
  );

  it('CO-45x chooses fields', async () => {
    const only = rowsOf(await search({ _source_includes: 'name,category', query: 'github' }));
    expect(only[0]?._source).toEqual({ id: only[0]?._id, name: 'GitHub Issues', category: 'version_control' });
    const without = rowsOf(await search({ _source_excludes: 'actions,config', query: 'github' }));
    expect(without[0]?._source).not.toHaveProperty('config');
    expect(without[0]?._source).toHaveProperty('name');
  });
});

describe('the marketplace', () => {
  it('CH-03 finds a published connector by the name that it has now', async () => {
    const market = async (query: string): Promise<unknown[]> => {
      const answer = await on.server.call('searchMarketplace', { token: on.author, query: { query } });
      return rowsOf(answer).map((row) => row._source['slug']);
    };
    const id = await on.make({ ...weatherBody, name: 'Zephyrometer', slug: 'breeze' });
    expect(await market('zephyrometer')).toEqual([]);
    await storePassedTests(on.server, { id, slug: '' });
    await must(on.server, on.author, {
      route: 'publishConnector',
      id,
      body: { visibility: 'enterprise', confirm: true },
    });
    expect(await market('zephyrometer')).toEqual(['breeze']);
    expect((await on.put(id, { name: 'Quillfeather' })).status).toBe(200);
    expect(await market('quillfeather')).toEqual(['breeze']);
    expect(await market('zephyrometer')).toEqual([]);
    expect((await on.remove(id)).status).toBe(200);
    expect(await market('quillfeather')).toEqual([]);
  });
});

describe('who sees what', () => {
  it('4.2 another tenant finds what is in the catalogue, at the version that it may see', async () => {
    const stranger = await on.server.makeTenant('Stranger');
    const platform = on.tenant.tokens.platform_admin;
    const token = stranger.tokens.developer;
    const found = async () => rowsOf(await search({ query: 'shared' }, token)).map((row) => row._source);
    const id = await on.make({ ...weatherBody, name: 'Shared Weather' });
    await storePassedTests(on.server, { id, slug: '' });
    await must(on.server, on.author, {
      route: 'publishConnector',
      id,
      body: { visibility: 'enterprise', confirm: true },
    });
    expect(await found()).toEqual([]);
    await must(on.server, platform, {
      route: 'publishConnector',
      id,
      version: '1.0.0',
      body: { visibility: 'catalogue', confirm: true },
    });
    expect(await found()).toMatchObject([
      { slug: 'shared-weather', version: '1.0.0', owned: false, operationCount: 1 },
    ]);
    await must(on.server, on.author, { route: 'createConnectorVersion', id, body: { version: '2.0.0' } });
    const operations = [...weatherBody.operations, { ...weatherBody.operations[0], name: 'second' }];
    await must(on.server, on.author, {
      route: 'updateConnector',
      id,
      body: { operations, auth_scheme: { key_prefix: 'K ' } },
    });
    await must(on.server, on.author, { route: 'readyConnector', id });
    expect(await on.view(id)).toMatchObject({ version: '2.0.0', operationCount: 2 });
    expect(await found()).toMatchObject([
      { version: '1.0.0', operationCount: 1, has_draft: false, stage: 'published' },
    ]);
    const seen = await on.get(id, token);
    expect(seen.body._source).toMatchObject({ version: '1.0.0', checklist: [], test_results: [] });
    expect((seen.body._source as { versions: { version: string }[] }).versions.map(({ version }) => version)).toEqual([
      '1.0.0',
    ]);
    const params = { id, version: '2.0.0' };
    expect((await on.server.call('getConnectorVersion', { token, params })).status).toBe(404);
  });

  it('4.2 a platform administrator sees every tenant’s connectors past draft, and no draft', async () => {
    const platform = on.tenant.tokens.platform_admin;
    const id = await on.make({ ...weatherBody, name: 'Quiet Draft' });
    const found = async () => rowsOf(await search({ query: 'quiet' }, platform)).map((row) => row._source);
    expect([await found(), (await on.get(id, platform)).status]).toEqual([[], 404]);
    await must(on.server, on.author, { route: 'readyConnector', id });
    expect(await found()).toMatchObject([{ id, stage: 'ready', owned: false }]);
    const made = await on.create({ name: 'Quiet Platform' }, platform);
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    expect(await found()).toMatchObject([{ slug: 'quiet-platform', owned: true, stage: 'draft' }, { id }]);
    expect((await on.get(made.body._id)).status).toBe(404);
  });
});
