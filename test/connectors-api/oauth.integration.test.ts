/** OAuth2 against a real authorization server (oidc-provider), through the API, with a worker that calls ext. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oauthCallbackPath } from '@patchbay/api-contract';
import { startServerHarness, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { callsAs, field, secret, type CallsFixture } from './calls-fixture.ts';
import { sendJson, startExt, type ExtServer } from './ext-server.ts';
import { startOidc, type OidcServer } from './oidc-server.ts';

let server: ServerHarness;
let tenant: TestTenant;
let ext: ExtServer;
let oidc: OidcServer;
let admin: CallsFixture;

beforeAll(async () => {
  ext = await startExt();
  oidc = await startOidc(`http://localhost${oauthCallbackPath}`);
  server = await startServerHarness({ withWorker: true });
  tenant = await server.makeTenant('Authorizers');
  admin = callsAs(server, tenant.tokens.enterprise_admin);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await Promise.all([ext.close(), oidc.close()]);
});
beforeEach(() => {
  ext.reset();
  oidc.grants.length = 0;
  oidc.forms.length = 0;
});

const scheme = (more: object): object => ({
  type: 'oauth2',
  credential_schema: [
    field('client_id'),
    secret('client_secret'),
    field('token_url', { default: `${oidc.url}/token` }),
  ],
  oauth_scopes: ['read', 'write'],
  ...more,
});
const connector = (more: object): object => ({ base_url: ext.url, auth_scheme: scheme(more) });
const byConsent = { grant_type: 'authorization_code', authorize_url: '' };
const consent = (more: object = {}): object =>
  connector({ ...byConsent, authorize_url: `${oidc.url}/auth?prompt=consent`, ...more });
const bearerSeen = (): string => String(ext.seen.at(-1)?.headers.authorization).replace('Bearer ', '');

/** What the browser of a signed-in person does with the address it is sent back to. */
async function comeBack(location: string, token = tenant.tokens.enterprise_admin) {
  const { pathname, search } = new URL(location);
  const answer = await server.app.inject({
    method: 'GET',
    url: pathname + search,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.statusCode, page: answer.body, headers: answer.headers };
}

async function authorizeUrlOf(id: string, body: object = {}): Promise<string> {
  const started = await admin.post('authorizeConnection', id, body);
  expect(started.status, JSON.stringify(started.body)).toBe(200);
  return (started.body as unknown as { authorizeUrl: string }).authorizeUrl;
}

describe('client credentials', () => {
  it('DI-19 DI-32 gets a token with grant type and scopes once, and ext sees it as bearer', async () => {
    const { slug } = await admin.makeReady(connector({ grant_type: 'client_credentials' }));
    const id = await admin.connected(slug, oidc.client);
    expect(await admin.viewConnection(id)).toMatchObject({
      authorization: 'authorized',
      account_name: expect.any(String),
    });
    const answers = await Promise.all([admin.invoke(id), admin.invoke(id), admin.invoke(id)]);
    for (const { body } of answers) expect(body, JSON.stringify(body)).toMatchObject({ ok: true });
    expect(oidc.grants).toEqual(['client_credentials']);
    expect(Object.fromEntries(oidc.forms[0] ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'read write',
    });
    expect(await oidc.knows(bearerSeen())).toBe(true);
    const shown = await admin.viewConnection(id);
    expect(shown).toMatchObject({ oauth_scopes: ['read', 'write'], credentials: { client_secret: '******' } });
    expect(Date.parse(String(shown['expires_at']))).toBeGreaterThan(Date.now());
  });

  it('ZO-64x a connection asks for a part of the scopes, and for no others', async () => {
    const { slug } = await admin.makeReady(connector({ grant_type: 'client_credentials' }));
    const token = tenant.tokens.developer;
    const body = { name: 'Reader', connector: slug, credentials: oidc.client, oauth_scopes: ['read'] };
    const made = await server.call('createConnection', { token, body });
    await admin.invoke(made.body._id);
    expect(oidc.forms[0]?.get('scope')).toBe('read');
    const more = { ...body, name: 'Owner', oauth_scopes: ['read', 'admin'] };
    expect((await server.call('createConnection', { token, body: more })).status).toBe(400);
  });

  it('K4 K5 a refused client needs a person: no call reaches ext until it is authorized again', async () => {
    const { slug } = await admin.makeReady(connector({ grant_type: 'client_credentials' }));
    const id = await admin.connected(slug, { ...oidc.client, client_secret: 'wrong-secret' });
    const refused = await admin.invoke(id);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'reauthorization_required']);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'reauth_required' });
    const wrong = await admin.post('reauthorizeConnection', id, { credentials: { client_secret: 'still-wrong' } });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'authentication_failed']);
    expect(ext.seen).toHaveLength(0);
    await admin.post('reauthorizeConnection', id, { credentials: oidc.client });
    expect((await admin.invoke(id)).body).toMatchObject({ ok: true });
  });

  it('5.10 takes the client of the connector where the connector holds it; nobody is asked then', async () => {
    const held = { held_by: 'connector', token_url: `${oidc.url}/token`, credential_schema: [] };
    const { slug } = await admin.makeReady({
      ...connector({ grant_type: 'client_credentials', ...held }),
      config: oidc.client,
    });
    const id = await admin.connected(slug);
    expect((await admin.invoke(id)).body).toMatchObject({ ok: true });
    expect(await oidc.knows(bearerSeen())).toBe(true);
  });

  it('DI-15 DI-19 another grant is refused', async () => {
    const token = tenant.tokens.enterprise_admin;
    const body = { name: 'Implicit', ...connector({ grant_type: 'implicit' }) };
    expect((await server.call('createConnector', { token, body })).status).toBe(400);
  });
});

describe('a token that is revoked before its time', () => {
  /** As an external system does that asks the authorization server about each token. */
  const askServer: ExtServer['answer'] = (call, response) => {
    const token = String(call.headers['authorization']).replace('Bearer ', '');
    void oidc.knows(token).then((isKnown) => sendJson(response, { isKnown }, isKnown ? 200 : 401));
  };

  it('is replaced once, and the call that it was refused for is repeated', async () => {
    ext.answer = askServer;
    const { slug } = await admin.makeReady(connector({ grant_type: 'client_credentials' }));
    const id = await admin.connected(slug, oidc.client);
    expect((await admin.invoke(id)).body).toMatchObject({ ok: true });
    const first = bearerSeen();
    await oidc.revoke(first);
    const answers = await Promise.all([admin.invoke(id), admin.invoke(id), admin.invoke(id)]);
    for (const { body } of answers) expect(body, JSON.stringify(body)).toMatchObject({ ok: true, status_code: 200 });
    expect(oidc.grants).toEqual(['client_credentials', 'client_credentials']);
    expect(bearerSeen()).not.toBe(first);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'authorized' });
  });

  it('ends in the refusal when the new token is refused as well, after one repetition', async () => {
    ext.answer = (_call, response) => sendJson(response, { error: 'no' }, 401);
    const { slug } = await admin.makeReady(connector({ grant_type: 'client_credentials' }));
    const id = await admin.connected(slug, oidc.client);
    expect((await admin.invoke(id)).body).toMatchObject({ ok: false, error: { code: 'remote_unauthorized' } });
    expect(ext.seen).toHaveLength(2);
    expect(oidc.grants).toHaveLength(2);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'authorized' });
  });

  it('K4 needs a person when the authorization server gives no other', async () => {
    ext.answer = askServer;
    const { slug } = await admin.makeReady(connector({ grant_type: 'client_credentials' }));
    const id = await admin.connected(slug, oidc.client);
    await admin.invoke(id);
    await oidc.revoke(bearerSeen());
    oidc.refuseTokens();
    const refused = await admin.invoke(id);
    oidc.refuseTokens(false);
    expect(refused.body.error.code).toBe('reauthorization_required');
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'reauth_required' });
  });
});

describe('authorization code', () => {
  it('DI-19 a person agrees at the server; the callback authorizes, and ext sees the token', async () => {
    const { slug } = await admin.makeReady(consent());
    const id = await admin.connected(slug, oidc.client);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'unauthorized' });
    expect((await admin.invoke(id)).body.error.code).toBe('connection_required');
    const back = await comeBack(await oidc.agree(await authorizeUrlOf(id)));
    expect(back.status, back.page).toBe(200);
    expect(back.page).toContain(`data-connection="${id}" data-authorized="true"`);
    expect(back.headers['cross-origin-opener-policy']).toBe('unsafe-none');
    const invoked = await admin.invoke(id);
    expect(invoked.body, JSON.stringify(invoked.body)).toMatchObject({ ok: true });
    expect(await oidc.knows(bearerSeen())).toBe(true);
  });

  it('ZO-65x a callback that nobody started, of another person, or a second time is refused, and changes nothing', async () => {
    const { slug } = await admin.makeReady(consent());
    const id = await admin.connected(slug, oidc.client);
    const refusals = [
      await comeBack(`http://localhost${oauthCallbackPath}?state=made-up&code=x`),
      await comeBack(await oidc.agree(await authorizeUrlOf(id)), tenant.tokens.developer),
      await comeBack(`http://localhost${oauthCallbackPath}?state=x&code=y`, 'no-token'),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 401]);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'unauthorized' });
    const location = await oidc.agree(await authorizeUrlOf(id));
    expect((await comeBack(location)).status).toBe(200);
    expect((await comeBack(location)).status).toBe(400);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'authorized' });
    const again = new URL(await authorizeUrlOf(id)).searchParams.get('state') ?? '';
    const denied = await comeBack(`http://localhost${oauthCallbackPath}?state=${again}&error=access_denied`);
    expect([denied.status, denied.page.includes('access_denied')]).toEqual([422, true]);
    expect((await admin.invoke(id)).body).toMatchObject({ ok: true });
  });

  it('ZO-60x K4 refreshes with rotation by itself; when that is refused every call is, until it is authorized again', async () => {
    const { slug } = await admin.makeReady(consent());
    const id = await admin.connected(slug, oidc.client);
    await comeBack(await oidc.agree(await authorizeUrlOf(id)));
    await admin.invoke(id);
    const first = bearerSeen();
    await admin.invoke(id);
    expect(bearerSeen()).not.toBe(first);
    expect(oidc.grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
    expect(oidc.forms[1]?.get('refresh_token')).not.toBe(oidc.forms[2]?.get('refresh_token'));
    const calls = ext.seen.length;
    oidc.refuseTokens();
    for (let turn = 0; turn < 2; turn += 1) {
      const refused = await admin.invoke(id);
      expect([refused.status, refused.body.error.code]).toEqual([409, 'reauthorization_required']);
    }
    expect(ext.seen).toHaveLength(calls);
    expect(await admin.viewConnection(id)).toMatchObject({ authorization: 'reauth_required' });
  });
});
