import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createConnectorCatalog, seedBuiltins } from '../src/index.ts';
import { aCaller, aManifest, anOperation, createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';

let fixture: RegistryFixture;
const page = { from: 0, size: 20 };

beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
  const field = { name: 'token', label: 'Token', type: 'password' as const };
  await seedBuiltins(fixture.database, [
    {
      manifest: aManifest('postgres', {
        name: 'PostgreSQL',
        category: 'Databases',
        tags: ['sql'],
        description: 'Queries rows and writes them.',
        operations: [anOperation('query', 'Query rows'), anOperation('insertRows', 'Insert rows')],
      }),
    },
    {
      manifest: aManifest('smtp', {
        name: 'SMTP',
        category: 'Mail',
        description: 'Mails over any server; the sent ones can be kept in PostgreSQL.',
        operations: [anOperation('sendMail', 'Send mail')],
      }),
    },
    {
      manifest: aManifest('worldbank', {
        name: 'World Bank',
        category: 'Data',
        runtime: 'declarative',
        entry: undefined,
        baseUrl: 'https://api.worldbank.org',
        egress: { hosts: ['api.worldbank.org'] },
        operations: [
          { ...anOperation('getIndicator', 'Get indicator'), request: { method: 'GET', path: '/i' } },
          { ...anOperation('query', 'Query mail archive'), request: { method: 'GET', path: '/q' } },
        ],
      }),
    },
    {
      manifest: aManifest('mailbox', {
        name: 'Mail 100%',
        category: 'Mail',
        auth: [{ type: 'none' }, { type: 'bearer', fields: [field] }],
      }),
    },
  ]);
});

afterAll(() => fixture.close());

const names = async (query: string, over: object = {}): Promise<string[]> =>
  (await fixture.registry.searchMarketplace(aCaller('a'), { ...page, query, ...over })).hits.hits.map(
    (hit) => hit._source.slug,
  );

describe('the marketplace search', () => {
  it('shows all by name without a query, and pages', async () => {
    expect(await names('')).toEqual(['mailbox', 'postgres', 'smtp', 'worldbank']);
    expect(await names('', { from: 1, size: 2 })).toEqual(['postgres', 'smtp']);
    const { hits } = await fixture.registry.searchMarketplace(aCaller('a'), { ...page, size: 0 });
    expect(hits).toEqual({ total: { value: 4, relation: 'eq' }, hits: [] });
  });

  it('ranks a name before a category, an operation and a description', async () => {
    expect(await names('mail')).toEqual(['mailbox', 'smtp', 'worldbank']);
    expect(await names('postgres')).toEqual(['postgres', 'smtp']);
  });

  it.each([
    ['postgers', 'postgres'],
    ['Postgre', 'postgres'],
    ['wordl bank', 'worldbank'],
    ['wordl', 'worldbank'],
    ['indicater', 'worldbank'],
    ['insret', 'postgres'],
    ['world bnak', 'worldbank'],
    ['sned mail', 'smtp'],
    ['smpt', 'smtp'],
  ])('forgives the typing error in "%s"', async (query, slug) => {
    expect((await names(query))[0]).toBe(slug);
  });

  it('needs every word, wherever it stands', async () => {
    expect(await names('bank indicator')).toEqual(['worldbank']);
    expect(await names('smtp zzzzqqq')).toEqual([]);
  });

  it('takes signs of patterns as they stand', async () => {
    expect(await names('100%')).toEqual(['mailbox']);
    expect(await names('%_%')).toEqual([]);
    expect(await names('\\')).toEqual([]);
  });

  it('names the operations that matched', async () => {
    const { hits } = await fixture.registry.searchMarketplace(aCaller('a'), { ...page, query: 'query' });
    expect(hits.hits.map((hit) => [hit._id, hit._source.matchedOperations])).toEqual([
      ['postgres', [{ name: 'query', title: 'Query rows' }]],
      ['worldbank', [{ name: 'query', title: 'Query mail archive' }]],
    ]);
  });

  it('counts each filter under the others, and filters', async () => {
    const all = await fixture.registry.searchMarketplace(aCaller('a'), page);
    expect(all.facets).toMatchObject({
      category: [
        { value: 'Mail', count: 2 },
        { value: 'Data', count: 1 },
        { value: 'Databases', count: 1 },
      ],
      authType: [
        { value: 'none', count: 4 },
        { value: 'bearer', count: 1 },
      ],
      runtime: [
        { value: 'node', count: 3 },
        { value: 'declarative', count: 1 },
      ],
    });
    const mail = await fixture.registry.searchMarketplace(aCaller('a'), {
      ...page,
      category: ['Mail'],
      authType: ['bearer'],
    });
    expect(mail.hits.hits.map((hit) => hit._id)).toEqual(['mailbox']);
    expect(mail.facets.category).toEqual([{ value: 'Mail', count: 1 }]);
    expect(mail.facets.authType).toEqual([
      { value: 'none', count: 2 },
      { value: 'bearer', count: 1 },
    ]);
    expect(await names('', { runtime: ['declarative'] })).toEqual(['worldbank']);
  });

  it('counts the flows of the caller and refuses an unknown order', async () => {
    fixture.uses.smtp = 3;
    const { hits } = await fixture.registry.searchMarketplace(aCaller('a'), { ...page, query: 'smtp' });
    expect(hits.hits[0]?._source).toMatchObject({
      usedByCount: 3,
      builtin: true,
      operationCount: 1,
      stage: 'published',
    });
    await expect(names('', { sort: 'integrity' })).rejects.toMatchObject({ code: 'validation_error' });
    expect(await names('', { sort: '-name' })).toEqual(['worldbank', 'smtp', 'postgres', 'mailbox']);
  });
});

describe('the connector search', () => {
  const search = async (query: string) =>
    (await fixture.registry.searchConnectors(aCaller('a'), { ...page, query })).hits.hits.map((hit) => hit._id);

  it('CO-33 finds by name only', async () => {
    expect(await search('mail')).toEqual(['mailbox']);
    expect(await search('POST')).toEqual(['postgres']);
    expect(await search('zzz')).toEqual([]);
  });

  it('CO-31 answers took, total and hits with id, name, category, icon, enabled and created', async () => {
    const body = await fixture.registry.searchConnectors(aCaller('a'), { ...page, query: 'smtp' });
    expect(Object.keys(body)).toEqual(['took', 'hits']);
    expect(body.hits.total).toEqual({ value: 1, relation: 'eq' });
    const source = body.hits.hits[0]?._source;
    expect(source).toMatchObject({ id: 'smtp', name: 'SMTP', category: 'Mail', enabled: true });
    expect(source?.created).toMatch(/^\d{4}-.*Z$/);
  });
});

describe('one connector', () => {
  it('DI-12 is found by id and by slug', async () => {
    const connector = await fixture.registry.getConnector(aCaller('a'), { idOrSlug: 'worldbank' });
    expect(connector).toMatchObject({ _id: 'worldbank', found: true, _source: { slug: 'worldbank', id: 'worldbank' } });
    expect(connector._source.integrity).toMatch(/^sha512-/);
  });

  it.each(['nope', '__proto__', "x' or 1=1 --"])('is not found: %s', async (id) => {
    await expect(fixture.registry.getConnector(aCaller('a'), { idOrSlug: id })).rejects.toMatchObject({
      code: 'connector_not_found',
    });
    await expect(fixture.registry.getConnector(aCaller('a'), { idOrSlug: 'smtp', version: id })).rejects.toMatchObject({
      code: 'connector_not_found',
    });
  });
});

describe('tenants', () => {
  it('see the catalogue and their own connectors, never those of another tenant', async () => {
    const db = fixture.database.connection;
    await db.raw(`insert into connectors (id, tenant_id, slug, name, description, type, category, tags, icon, runtime, auth_types,
        operations, operation_text, head_version, stage, visibility)
      select 'private-1', 'a', 'private', 'Private of A', description, type, 'Secret', tags, icon, runtime, auth_types,
        operations, operation_text, head_version, stage, 'enterprise' from connectors where id = 'smtp'`);
    await db.raw(`insert into connector_versions (id, connector_id, tenant_id, version, stage, visibility, integrity)
      select 'v-private', 'private-1', 'a', version, stage, 'enterprise', integrity from connector_versions where connector_id = 'smtp'`);
    await db.raw(`insert into connector_revisions (connector_id, tenant_id, version, integrity, manifest, manifest_digest)
      select 'private-1', 'a', version, integrity, manifest, manifest_digest from connector_revisions where connector_id = 'smtp'`);
    const catalog = createConnectorCatalog(db);
    const count = async (tenantId: string) =>
      (await fixture.registry.searchConnectors(aCaller(tenantId), { ...page, query: 'private' })).hits.total.value;
    expect([await count('a'), await count('b')]).toEqual([1, 0]);
    expect((await fixture.registry.getConnector(aCaller('a'), { idOrSlug: 'private' }))._id).toBe('private-1');
    await expect(fixture.registry.getConnector(aCaller('b'), { idOrSlug: 'private' })).rejects.toMatchObject({
      code: 'connector_not_found',
    });
    await expect(fixture.registry.getConnector(aCaller('b'), { idOrSlug: 'private-1' })).rejects.toMatchObject({
      code: 'connector_not_found',
    });
    expect(await catalog.find('a', 'private')).toBeDefined();
    expect(await catalog.find('b', 'private')).toBeUndefined();
    const { facets } = await fixture.registry.searchMarketplace(aCaller('b'), page);
    expect(JSON.stringify(facets)).not.toContain('Secret');
  });
});
