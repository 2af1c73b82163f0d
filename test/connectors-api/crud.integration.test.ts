/** Rows of seed 004 and of the Overview: create, view, update, delete, through the API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, refusalOf, startAuthoring, type Authoring } from './authoring.ts';
import { seedBody, weatherBody } from './connector-bodies.ts';
import { must, storePassedTests } from './lifecycle-fixture.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
});
afterAll(() => on.stop());

const svg = (inside: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${inside}</svg>`).toString('base64')}`;
/** Signature, header chunk and size: as much of a PNG as its check reads. */
const png = (size: number): string => {
  const bytes = Buffer.alloc(45);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(size, 16);
  bytes.writeUInt32BE(size, 20);
  return `data:image/png;base64,${bytes.toString('base64')}`;
};

describe('create', () => {
  it('CO-17 CO-18 CO-19 takes the body of the seed and answers with exactly _id and result', async () => {
    const [one, other] = [await on.create(seedBody), await on.create(seedBody)];
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body).toEqual({ _id: expect.any(String) as string, result: 'created' });
    expect(one.body._id).not.toBe(other.body._id);
  });

  it('DI-02 DI-66 needs no credential, and stores a draft', async () => {
    const source = await on.view(await on.make({ name: 'No Credentials' }));
    expect(source).toMatchObject({ stage: 'draft', visibility: 'none', version: '1.0.0', enabled: true });
  });

  it('CH-27 needs somebody who is signed in, for every write', async () => {
    const params = { id: await on.make({ name: 'Guarded' }) };
    const writes = [
      on.server.call('createConnector', { body: seedBody }),
      on.server.call('updateConnector', { params, body: { name: 'x' } }),
      on.server.call('deleteConnector', { params }),
      on.server.call('importConnector', { body: { content: 'name: x' } }),
      on.server.call('importIntoConnector', { params, body: { content: 'name: x' } }),
    ];
    for (const answer of await Promise.all(writes)) expect(refusalOf(answer)).toEqual([401, 'unauthenticated']);
  });

  it.each([[{}], [{ name: '' }], [{ name: '   ' }], [{ name: 7 }]])(
    'DI-05 CO-03 needs a name that is a text: %j',
    async (body) => {
      const answer = await on.create(body);
      expect(refusalOf(answer)).toEqual([400, 'validation_error']);
      expect(fieldsOf(answer)).toEqual(['/name']);
    },
  );

  it('CO-11 ignores builtin and everything else that is the server’s to say', async () => {
    const id = await on.make({ ...seedBody, builtin: true, id: 'mine', stage: 'published', visibility: 'catalogue' });
    expect(id).not.toBe('mine');
    expect(await on.view(id)).toMatchObject({ id, builtin: false, stage: 'draft', visibility: 'none' });
    expect((await on.put(id, { builtin: true, stage: 'published', revision: 900 })).status).toBe(200);
    expect((await on.put(id, { ...seedBody, builtin: true }, { replace: 'true' })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ id, builtin: false, stage: 'draft' });
  });
});

describe('the slug', () => {
  it('DI-06 is made from the name, and gives way when it is taken', async () => {
    const slugs = [];
    for (const name of ['OpenWeatherMap', 'OpenWeatherMap', 'Straße & Café', '2nd Try', '天気']) {
      slugs.push((await on.view(await on.make({ name })))['slug']);
    }
    expect(slugs).toEqual(['openweathermap', 'openweathermap-2', 'strasse-cafe', 'connector-2nd-try', 'connector']);
  });

  it('DI-12 finds the connector as well as its id does', async () => {
    const id = await on.make({ name: 'Twice Found', slug: 'twice-found' });
    expect((await on.get('twice-found')).body).toEqual((await on.get(id)).body);
  });

  it.each(['My Slug', 'ABC', '-a', 'a--b', 'ä', '1a', ''])('DI-13 refuses "%s"', async (slug) => {
    expect(fieldsOf(await on.create({ name: 'Slugged', slug }))).toEqual(['/slug']);
  });

  it('DI-13 is kept as given, and belongs to one connector', async () => {
    expect(await on.view(await on.make({ name: 'Slugged', slug: 'my-slug' }))).toMatchObject({ slug: 'my-slug' });
    expect(refusalOf(await on.create({ name: 'Other', slug: 'my-slug' }))).toEqual([409, 'slug_taken']);
    // A built-in one is everybody's; one of another tenant is nobody's business.
    expect(refusalOf(await on.create({ name: 'Other', slug: 'worldbank' }))).toEqual([409, 'slug_taken']);
    const stranger = await on.server.makeTenant('Elsewhere');
    expect((await on.create({ name: 'Same', slug: 'my-slug' }, stranger.tokens.enterprise_admin)).status).toBe(200);
  });

  it('DI-13 of two who want the same at once, one gets it', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => on.create({ name: 'Race', slug: 'race' })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(7);
    const named = await Promise.all(Array.from({ length: 5 }, () => on.make({ name: 'Race Too' })));
    const slugs = await Promise.all(named.map(async (id) => (await on.view(id))['slug']));
    expect(new Set(slugs).size).toBe(5);
  });

  it('DI-14 can be changed in a draft, and never again after the first publication', async () => {
    const id = await on.make({ ...weatherBody, name: 'Renamed' });
    expect((await on.put(id, { slug: 'renamed-once' })).status).toBe(200);
    expect((await on.get('renamed-once')).body._id).toBe(id);
    await storePassedTests(on.server, { id, slug: '' });
    await must(on.server, on.author, {
      route: 'publishConnector',
      id,
      body: { visibility: 'enterprise', confirm: true },
    });
    const locked = async (): Promise<unknown> => refusalOf(await on.put(id, { slug: 'renamed-twice' }));
    expect(await locked()).toEqual([409, 'slug_locked']);
    await must(on.server, on.author, { route: 'unpublishConnector', id });
    expect(await locked()).toEqual([409, 'slug_locked']);
    expect(await on.view(id)).toMatchObject({ slug: 'renamed-once', slug_locked: true, stage: 'ready' });
  });
});

describe('the Overview', () => {
  it.each(['General', 'OEM', 'DMS', 'CRM', 'Finance', 'Telematics', 'Logistics'])(
    'DI-07 takes the type %s',
    async (type) => {
      expect(await on.view(await on.make({ name: `Of ${type}`, type }))).toMatchObject({ type });
    },
  );

  it('DI-07 has General by default and refuses what is none of the seven', async () => {
    expect(await on.view(await on.make({ name: 'Plain' }))).toMatchObject({ type: 'General' });
    expect(fieldsOf(await on.create({ name: 'Other', type: 'ERP' }))).toEqual(['/type']);
  });

  it('DI-08 DI-11 CO-03 CO-04 CO-05 CO-07 CO-08 CO-10 CO-13 CO-14 CO-15 gives back what it was given', async () => {
    const body = {
      name: 'Complete',
      description: 'What the connector does.',
      category: 'version_control',
      subcategory: 'hosted',
      tags: ['b', 'a', 'c'],
      url: 'https://example.com/app',
      documentation_url: 'https://example.com/docs',
      path_hierarchy: true,
      assets: { icons: { folder: 'font_folder', file: 'https://example.com/file.png' } },
      oauth_connect_implemented: true,
      processor: { enabled: true },
    };
    const id = await on.make(body);
    expect(await on.view(id)).toMatchObject(body);
    await on.put(id, { processor: { enabled: false, name: 'files' }, oauth_connect_implemented: false });
    expect(await on.view(id)).toMatchObject({
      processor: { enabled: false, name: 'files' },
      oauth_connect_implemented: false,
    });
  });

  it('CO-09 has no path hierarchy by default', async () => {
    expect(await on.view(await on.make({ name: 'Flat' }))).toMatchObject({ path_hierarchy: false });
    expect(fieldsOf(await on.create({ name: 'Flat', path_hierarchy: 'yes' }))).toEqual(['/path_hierarchy']);
  });

  it.each([
    ['/tags', { tags: 'github' }],
    ['/documentation_url', { documentation_url: 'not a url' }],
    ['/url', { url: 'ftp://example.com' }],
    ['/base_url', { base_url: '/v1' }],
    ['/base_url', { base_url: 'ftp://example.com' }],
  ])('DI-09 DI-11 CO-07 refuses what is no %s', async (path, body) => {
    const answer = await on.create({ name: 'Wrong', ...body });
    expect([refusalOf(answer)[0], fieldsOf(answer)]).toEqual([400, [path]]);
  });

  it('CO-06 takes a key and a URL as icon', async () => {
    for (const icon of ['font_github', 'https://example.com/icon.svg', '/assets/icons/github.png']) {
      expect(await on.view(await on.make({ name: 'Iconic', icon }))).toMatchObject({ icon });
    }
    const folder = svg('<circle r="8"/>');
    const drawn = await on.view(await on.make({ name: 'By Key', icon: 'folder', assets: { icons: { folder } } }));
    expect(drawn).toMatchObject({ icon: 'folder', image: { dataUri: expect.stringContaining('svg+xml') as string } });
  });

  it.each([
    ['SVG', svg('<path d="M0 0h8v8z"/>')],
    ['PNG of 64', png(64)],
    ['PNG of 128', png(128)],
  ])('DI-10 takes an icon that is a %s', async (_, icon) => {
    const source = await on.view(await on.make({ name: 'Drawn', icon }));
    expect(source['image']).toMatchObject({
      dataUri: expect.stringMatching(/^data:image\/(png|svg\+xml);base64,/) as string,
    });
  });

  it.each([
    ['a GIF', 'data:image/gif;base64,R0lGODlhAQABAAAAACw='],
    ['a GIF that says it is a PNG', 'data:image/png;base64,R0lGODlhAQABAAAAACw='],
    ['a page', 'data:text/html,<script>1</script>'],
    ['an SVG that is none', `data:image/svg+xml;base64,${Buffer.from('<html></html>').toString('base64')}`],
  ])('DI-10 refuses %s', async (_, icon) => {
    const answer = await on.create({ name: 'Drawn', icon });
    expect([refusalOf(answer)[0], fieldsOf(answer)]).toEqual([400, ['/icon']]);
  });

  it('DI-10 takes scripts, handlers and outside links out of an SVG', async () => {
    const hostile = svg(
      '<script>alert(1)</script><path onload="alert(2)" d="M0 0"/><image href="https://evil.example/x.png"/>' +
        '<a href="javascript:alert(3)"><text>Hi</text></a><use href="https://evil.example/#x"/><style>@import url(//evil.example)</style>' +
        '<rect fill="url(https://evil.example/f)" width="3"/><foreignObject><iframe src="https://evil.example"/></foreignObject>',
    );
    const source = await on.view(await on.make({ name: 'Hostile', icon: hostile }));
    const uri = (source['image'] as { dataUri: string }).dataUri;
    const markup = Buffer.from(uri.split(',')[1] ?? '', 'base64').toString();
    expect(markup).not.toMatch(/script|onload|evil|javascript|style|foreignObject|iframe/i);
    expect(markup).toContain('<path d="M0 0"');
  });
});

describe('view', () => {
  it('CO-20 CO-21 CO-22 CO-23 shows it with its id, its times, and secrets masked', async () => {
    const id = await on.make(seedBody);
    const { status, body } = await on.get(id);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['_id', '_source', 'found']);
    expect(body).toMatchObject({ _id: id, found: true, _source: { id } });
    const source = body._source as Record<string, unknown>;
    expect(source).toMatchObject({ ...seedBody, config: { token: '******', repos: ['infinilabs/coco-server'] } });
    expect(source['created']).toMatch(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/);
    expect(JSON.stringify(body)).not.toContain('ghp_xxxxxxxxxxxx');
  });

  it('DI-78x shows a draft to its author and the administrators of its tenant only', async () => {
    const id = await on.make({ name: 'Mine' });
    const stranger = await on.server.makeTenant('Stranger');
    const { developer, viewer } = on.tenant.tokens;
    for (const token of [developer, viewer, stranger.tokens.enterprise_admin]) {
      expect(refusalOf(await on.get(id, token))).toEqual([404, 'connector_not_found']);
    }
  });
});

describe('update', () => {
  it('CO-24 CO-25 CO-26 CO-22 ZO-19 merges by default and answers with exactly _id and result', async () => {
    const id = await on.make(seedBody);
    const before = await on.view(id);
    const answer = await on.put(id, { name: 'My GitHub Connector - Updated', description: 'Updated', enabled: true });
    expect([answer.status, answer.body]).toEqual([200, { _id: id, result: 'updated' }]);
    const after = await on.view(id);
    expect(after).toMatchObject({
      name: 'My GitHub Connector - Updated',
      category: 'version_control',
      tags: ['github', 'code'],
      config: { token: '******', repos: ['infinilabs/coco-server'] },
      updated_by: expect.stringContaining(`@${on.tenant.id.toLowerCase()}.example`) as string,
    });
    expect(Date.parse(after['updated'] as string)).toBeGreaterThan(Date.parse(before['updated'] as string));
    expect(after['created']).toBe(before['created']);
  });

  it('CO-27 replaces with ?replace=true, and keeps what is protected', async () => {
    const id = await on.make({ ...seedBody, builtin: true });
    const before = await on.view(id);
    const answer = await on.put(id, { name: 'Alone', description: 'Updated', enabled: true }, { replace: 'true' });
    expect(answer.status).toBe(200);
    const after = await on.view(id);
    expect(after).toMatchObject({
      id,
      name: 'Alone',
      category: '',
      tags: [],
      icon: '',
      stage: 'draft',
      builtin: false,
    });
    expect([after['config'], after['slug'], after['created']]).toEqual([undefined, before['slug'], before['created']]);
  });

  it('5.17 null removes, objects merge, lists are taken whole', async () => {
    const id = await on.make({ ...weatherBody, name: 'Merged', url: 'https://example.com', tags: ['a', 'b'] });
    await on.put(id, { url: null, tags: ['c'], resilience: { timeout_s: 5 } });
    const source = await on.view(id);
    expect(source).toMatchObject({ tags: ['c'], resilience: { timeout_s: 5, max_retries: 3 } });
    expect(source['url']).toBeUndefined();
    expect(fieldsOf(await on.put(id, { nonsense: 1 }))).toEqual(['']);
  });

  it('takes a revision in If-Match and refuses an older one', async () => {
    const id = await on.make({ name: 'Contended' });
    const call = (revision: string) =>
      on.server.call('updateConnector', {
        ...{ token: on.author, params: { id }, body: { description: revision }, headers: { 'if-match': revision } },
      });
    expect((await call('"1"')).headers['etag']).toBe('"2"');
    const late = await call('"1"');
    expect([...refusalOf(late), late.body.error.details]).toEqual([409, 'revision_conflict', { revision: 2 }]);
    expect(await on.view(id)).toMatchObject({ description: '"1"', revision: 2 });
  });

  it('leaves a built-in connector as it came, whoever asks', async () => {
    const platform = on.tenant.tokens.platform_admin;
    for (const token of [platform, on.author]) {
      const params = { id: 'worldbank' };
      const answer = await on.server.call('updateConnector', { token, params, body: { name: 'Mine now' } });
      expect(answer.status).toBe(403);
    }
    expect((await on.get('worldbank')).body._source).toMatchObject({ name: 'World Bank', builtin: true });
  });
});

describe('delete', () => {
  it('CO-28 CO-29 deletes what nothing uses', async () => {
    const id = await on.make({ ...weatherBody, slug: 'short-lived' });
    const answer = await on.remove(id);
    expect([answer.status, answer.body]).toEqual([200, { _id: id, result: 'deleted' }]);
    expect(refusalOf(await on.get(id))).toEqual([404, 'connector_not_found']);
    // It never was more than a draft: its slug is free again.
    expect((await on.create({ name: 'Next', slug: 'short-lived' })).status).toBe(200);
  });

  it('CO-28 keeps slug and versions of what was ready once', async () => {
    const id = await on.make({ ...weatherBody, slug: 'remembered' });
    await must(on.server, on.author, { route: 'readyConnector', id });
    expect((await on.remove(id)).status).toBe(200);
    expect((await on.get('remembered')).status).toBe(404);
    expect(refusalOf(await on.create({ name: 'Next', slug: 'remembered' }))).toEqual([409, 'slug_taken']);
  });

  it('CO-32 never deletes a built-in one', async () => {
    const platform = on.tenant.tokens.platform_admin;
    expect(refusalOf(await on.remove('worldbank', platform))).toEqual([403, 'builtin_undeletable']);
    expect((await on.get('worldbank')).status).toBe(200);
  });

  it('CO-38x says not_found for what is not there', async () => {
    expect(refusalOf(await on.remove('nowhere'))).toEqual([404, 'connector_not_found']);
    expect(refusalOf(await on.put('nowhere', {}))).toEqual([404, 'connector_not_found']);
  });
});

describe('the limit', () => {
  it('ZO-77x lets a tenant have as many connectors as its limit says', async () => {
    const { id, tokens } = await on.server.makeTenant('Small');
    const body = { limits: { custom_connectors: 2 } };
    const token = on.tenant.tokens.platform_admin;
    const set = await on.server.call('updateTenant', { token, params: { id }, body, headers: { 'if-match': '*' } });
    expect(set.status, JSON.stringify(set.body)).toBe(200);
    const create = () => on.create({ name: 'One more' }, tokens.enterprise_admin);
    const answers = await Promise.all([create(), create(), create(), create()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 409, 409]);
    expect(refusalOf(await create())).toEqual([409, 'limit_reached']);
  });
});
