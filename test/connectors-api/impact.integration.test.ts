/** What a change of a connector does to its connections: nothing without a yes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../server/server-harness.ts';
import { refusalOf, startAuthoring, type Authoring } from './authoring.ts';
import { weatherBody } from './connector-bodies.ts';
import { must, storePassedTests } from './lifecycle-fixture.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
});
afterAll(() => on.stop());

let count = 0;
/** A ready connector with an API key, a connection that is authorized and one that is not. */
async function connected(body: object = {}): Promise<{ id: string; slug: string; authorized: string; open: string }> {
  const id = await on.make({ ...weatherBody, name: `Connected ${String((count += 1))}`, ...body });
  await must(on.server, on.author, { route: 'readyConnector', id });
  const slug = (await on.view(id))['slug'] as string;
  const connect = async (credentials: object): Promise<string> => {
    const name = `Connection ${String((count += 1))}`;
    const { developer: token } = on.tenant.tokens;
    const made = await on.server.call('createConnection', { token, body: { name, connector: slug, credentials } });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    return made.body._id;
  };
  return { id, slug, authorized: await connect({ api_key: 'K', ...credentialsOf(body) }), open: await connect({}) };
}

const credentialsOf = (body: object): object =>
  'auth_scheme' in body ? { api_key: undefined, client_id: 'me', client_secret: 'mine' } : {};

const authorizationOf = async (id: string): Promise<unknown> =>
  (
    (await on.server.call('getConnection', { token: on.author, params: { id } })).body._source as Record<
      string,
      unknown
    >
  )['authorization'];
const referencesIn = (answer: Answer): { id: string }[] =>
  (answer.body.error.details as { references: { connections: { id: string }[] } }).references.connections;

const oauth = {
  ...{ type: 'oauth2', grant_type: 'client_credentials', token_url: 'https://auth.example.com/t' },
  authorize_url: 'https://auth.example.com/a',
  credential_schema: [
    { name: 'client_id', label: 'Client ID', type: 'string' },
    { name: 'client_secret', label: 'Client secret', type: 'password' },
  ],
};

describe('a listed parameter', () => {
  it.each([
    { row: 'ZO-32', what: 'the key', change: { parameters: [{ key: 'X-Other', location: 'header' }] } },
    { row: 'ZO-32', what: 'the place', change: { parameters: [{ key: 'X-API-Key', location: 'query' }] } },
    { row: 'ZO-32', what: 'the prefix', change: { key_prefix: 'Token ' } },
    { row: 'ZO-34', what: 'the grant type', from: oauth, change: { grant_type: 'authorization_code' } },
  ])('$row ZO-35 ZO-36 $what ends authorizations after the list was shown', async ({ from, change: auth_scheme }) => {
    const change = { auth_scheme };
    const body = from === undefined ? {} : { auth_scheme: from };
    const { id, authorized, open } = await connected(body);
    const before = await on.view(id);
    const refused = await on.put(id, change);
    expect(refusalOf(refused)).toEqual([409, 'reauthorization_impact']);
    expect(referencesIn(refused).map((connection) => connection.id)).toEqual([authorized]);
    expect((await on.view(id))['auth_scheme']).toEqual(before['auth_scheme']);
    expect(await authorizationOf(authorized)).toBe('authorized');
    const confirmed = await on.put(id, change, { confirm: 'true' });
    expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200);
    expect([await authorizationOf(authorized), await authorizationOf(open)]).toEqual([
      'reauth_required',
      'unauthorized',
    ]);
  });

  it('ZO-34 the same value ends nothing', async () => {
    const { id, authorized } = await connected();
    const { auth_scheme } = await on.view(id);
    expect((await on.put(id, { auth_scheme })).status).toBe(200);
    expect((await on.put(id, { auth_scheme: { key_prefix: '' } })).status).toBe(200);
    expect(await authorizationOf(authorized)).toBe('authorized');
  });

  it('ZO-31 a parameter that is not listed ends nothing', async () => {
    const { id, authorized } = await connected();
    const credential_schema = [{ ...weatherBody.auth_scheme.credential_schema[0], label: 'The key', help: 'Ask us.' }];
    expect((await on.put(id, { name: 'Renamed', auth_scheme: { credential_schema } })).status).toBe(200);
    expect(await authorizationOf(authorized)).toBe('authorized');
  });

  it('ZO-34 client id and secret in the settings are listed while the connector holds them', async () => {
    const auth_scheme = { ...oauth, held_by: 'connector', credential_schema: [] };
    const config = { client_id: 'app', client_secret: 'planted' };
    const id = await on.make({ ...weatherBody, name: 'Held', auth_scheme, config });
    await must(on.server, on.author, { route: 'readyConnector', id });
    const body = { name: 'Held', connector: (await on.view(id))['slug'], credentials: {} };
    const made = await on.server.call('createConnection', { token: on.author, body });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    if ((await authorizationOf(made.body._id)) !== 'authorized') {
      const params = { id: made.body._id };
      await on.server.call('authorizeConnection', { token: on.author, params, body: { credentials: {} } });
    }
    expect(await authorizationOf(made.body._id)).toBe('authorized');
    expect((await on.put(id, { config: { ...config, client_secret: '******' } })).status).toBe(200);
    const refused = await on.put(id, { config: { client_secret: 'another' } });
    expect([...refusalOf(refused), (refused.body.error.details as { changed: unknown }).changed]).toEqual([
      ...[409, 'reauthorization_impact'],
      ['client_secret'],
    ]);
    expect((await on.put(id, { config: { client_secret: 'another' } }, { confirm: 'true' })).status).toBe(200);
    expect(await authorizationOf(made.body._id)).toBe('reauth_required');
  });
});

describe('the switch and the slug', () => {
  it('5.13 PUT enabled has the guard of _disable', async () => {
    const { id, authorized, open } = await connected();
    const refused = await on.put(id, { enabled: false, name: 'Not this either' });
    expect(refusalOf(refused)).toEqual([409, 'connections_enabled']);
    expect(
      referencesIn(refused)
        .map((connection) => connection.id)
        .sort(),
    ).toEqual([authorized, open].sort());
    expect(await on.view(id)).toMatchObject({ enabled: true, name: expect.stringMatching(/^Connected/) as string });
    for (const connection of [authorized, open]) {
      await on.server.call('disableConnection', { token: on.author, params: { id: connection } });
    }
    expect((await on.put(id, { enabled: false })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ enabled: false });
    expect((await on.put(id, { enabled: true })).status).toBe(200);
    expect(await authorizationOf(authorized)).toBe('authorized');
  });

  it('DI-14 a ready connector keeps its slug while something refers to it', async () => {
    const { id } = await connected();
    expect(refusalOf(await on.put(id, { slug: 'another-slug' }))).toEqual([409, 'slug_locked']);
    const free = await on.make({ ...weatherBody, name: 'Free' });
    await must(on.server, on.author, { route: 'readyConnector', id: free });
    expect((await on.put(free, { slug: 'freed' })).status).toBe(200);
    expect(await on.view(free)).toMatchObject({ slug: 'freed', manifest: { slug: 'freed' } });
  });
});

describe('a public version', () => {
  it('CH-16 5.5 keeps its definition, whoever asks, and lets its Overview be edited', async () => {
    const id = await on.make({ ...weatherBody, name: 'Public' });
    await storePassedTests(on.server, { id, slug: '' });
    const { platform_admin: platform } = on.tenant.tokens;
    const publication = { visibility: 'enterprise', confirm: true };
    await must(on.server, on.author, { route: 'publishConnector', id, body: publication });
    const wide = { ...publication, visibility: 'catalogue', version: '1.0.0' };
    await must(on.server, platform, { route: 'publishConnector', id, body: wide });
    const before = await on.view(id);
    for (const change of [
      { base_url: 'https://api.example.org' },
      { operations: [] },
      { resilience: { timeout_s: 1 } },
    ]) {
      expect(refusalOf(await on.put(id, change))).toEqual([409, 'version_immutable']);
    }
    const whole = { ...weatherBody, name: 'Public', base_url: 'https://api.example.org' };
    expect(refusalOf(await on.put(id, whole, { replace: 'true' }))).toEqual([409, 'version_immutable']);
    const overview = { name: 'Public One', description: 'New words.', tags: ['new'], base_url: weatherBody.base_url };
    expect((await on.put(id, overview)).status).toBe(200);
    // The same definition, written with fewer words, is no change of it.
    const same = { ...weatherBody, ...overview };
    expect((await on.put(id, same, { replace: 'true' })).status).toBe(200);
    const after = await on.view(id);
    expect(after).toMatchObject({ name: 'Public One', description: 'New words.', tags: ['new'] });
    expect([after['integrity'], after['manifest']]).toEqual([before['integrity'], before['manifest']]);
  });
});
