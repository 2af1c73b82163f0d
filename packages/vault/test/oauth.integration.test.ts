import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { AppError } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';
import { createCredentialReader, type ReadConnection } from '../src/index.ts';
import { aManifest, createVaultFixture, dumpDatabase, jsonAnswer, type VaultFixture } from './vault-fixture.ts';

let fixture: VaultFixture;
const actor = { tenantId: 'a', userId: 'user-a' };
const other = { tenantId: 'a', userId: 'user-b' };
type OAuthScheme = Extract<ConnectorManifest['auth'][number], { type: 'oauth2' }>;

/** A connector whose connections bring their own client (DI-30). */
function anOAuthManifest(slug: string, overrides: Partial<OAuthScheme> = {}): ConnectorManifest {
  const field = { required: true, sensitive: false };
  const scheme: OAuthScheme = {
    type: 'oauth2',
    fields: [
      { name: 'client_id', label: 'Client ID', type: 'string', ...field },
      { name: 'client_secret', label: 'Client Secret', type: 'password', ...field, sensitive: true },
      { name: 'token_url', label: 'Token URL', type: 'string', ...field, default: 'https://auth.example/token' },
    ],
    grantType: 'client_credentials',
    heldBy: 'connection',
    clientIdField: 'client_id',
    clientSecretField: 'client_secret',
    scopes: ['read', 'write'],
    scopeDelimiter: ' ',
    ...overrides,
  };
  return aManifest(slug, [scheme]);
}

beforeAll(async () => {
  fixture = await createVaultFixture(inject('databaseUrl'));
  fixture.manifests.set('robot', anOAuthManifest('robot'));
  fixture.manifests.set('person', anOAuthManifest('person', { grantType: 'authorization_code', authorizeUrl }));
});
const authorizeUrl = 'https://auth.example/authorize?access_type=offline';

afterAll(() => fixture.close());

beforeEach(() => {
  fixture.forms.length = 0;
  fixture.clockOffset = 0;
  issued = 0;
  fixture.tokenAnswer = issue({ expires_in: 3600 });
});

let issued = 0;
let counter = 0;
/** A token endpoint that numbers its tokens. */
const issue = (more: object) => () => {
  issued += 1;
  return Promise.resolve(jsonAnswer(200, { access_token: `token-${String(issued)}`, token_type: 'Bearer', ...more }));
};
const refuse =
  (error: string, status = 400) =>
  () =>
    Promise.resolve(jsonAnswer(status, { error }));

const credentials = { client_id: 'robot-1', client_secret: 'planted-client-secret' };
async function aConnection(connector: string, given: Record<string, string> = credentials): Promise<string> {
  counter += 1;
  const body = { name: `Connection ${String(counter)}`, connector, credentials: given };
  return (await fixture.vault.createConnection(actor, body))._id;
}
const view = async (id: string) => (await fixture.vault.getConnection('a', id))._source;

/** As another process would, with nothing in memory. */
async function read(id: string, refusedToken?: string): Promise<ReadConnection> {
  const stored = await view(id);
  const reader = createCredentialReader(fixture.database, fixture.keyring, {
    tokens: fixture.tokens,
    clock: () => new Date(Date.now() + fixture.clockOffset),
  });
  return reader.read('a', id, { manifest: fixture.manifests.get(stored.connector.slug), refusedToken });
}
const tokenOf = async (id: string): Promise<string | undefined> => (await read(id)).credentials['access_token'];
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

describe('client credentials', () => {
  it('DI-32 asks with grant type and joined scopes on first use, and keeps the token until a minute before its end', async () => {
    const id = await aConnection('robot');
    expect(fixture.forms).toHaveLength(0);
    expect(await tokenOf(id)).toBe('token-1');
    expect(fixture.forms[0]).toMatchObject({
      url: 'https://auth.example/token',
      form: { grant_type: 'client_credentials', scope: 'read write', ...credentials },
    });
    fixture.clockOffset = 3_500_000;
    expect(await tokenOf(id)).toBe('token-1');
    fixture.clockOffset = 3_550_000;
    expect(await tokenOf(id)).toBe('token-2');
    expect(fixture.forms).toHaveLength(2);
    const shown = await view(id);
    expect(shown).toMatchObject({ authorization: 'authorized', oauth_scopes: ['read', 'write'] });
    expect(shown).toMatchObject({ account_name: 'The robot Account 1', connector_version: '1.2.3' });
    expect(Date.parse(shown.expires_at ?? '')).toBeGreaterThan(Date.now() + 3_600_000);
  });

  it('asks once however many calls and processes need the token', async () => {
    const id = await aConnection('robot');
    const all = await Promise.all(Array.from({ length: 12 }, () => tokenOf(id)));
    expect(new Set(all)).toEqual(new Set(['token-1']));
    expect(fixture.forms).toHaveLength(1);
  });

  it('gets one new token however many calls and processes saw the old one refused', async () => {
    const id = await aConnection('robot');
    expect(await tokenOf(id)).toBe('token-1');
    const all = await Promise.all(Array.from({ length: 12 }, () => read(id, 'token-1')));
    expect(new Set(all.map(({ credentials: { access_token } }) => access_token))).toEqual(new Set(['token-2']));
    expect(fixture.forms).toHaveLength(2);
    // Seen late: the token that was refused is not the present one any more.
    expect((await read(id, 'token-1')).credentials['access_token']).toBe('token-2');
    expect(fixture.forms).toHaveLength(2);
  });

  it('gives the client as HTTP Basic to a server that refuses it in the form', async () => {
    const id = await aConnection('robot');
    const basic = `Basic ${btoa('robot-1:planted-client-secret')}`;
    fixture.tokenAnswer = (post) =>
      post.headers?.['authorization'] === basic ? issue({})() : refuse('invalid_client', 401)();
    expect(await tokenOf(id)).toBe('token-1');
    expect(fixture.forms[1]?.form).not.toHaveProperty('client_secret');
  });

  it('K4 asks for a person when the server refuses, and not when it is only down', async () => {
    const id = await aConnection('robot');
    fixture.tokenAnswer = () => Promise.resolve(jsonAnswer(503, {}));
    expect(await codeOf(read(id))).toBe('remote_unavailable');
    expect((await view(id)).authorization).toBe('authorized');
    fixture.tokenAnswer = refuse('invalid_client');
    expect(await codeOf(read(id))).toBe('reauthorization_required');
    expect((await view(id)).authorization).toBe('reauth_required');
    expect(await codeOf(fixture.vault.invokeConnection(actor, { id, body: { operation: 'ping', input: {} } }))).toBe(
      'reauthorization_required',
    );
    fixture.tokenAnswer = issue({});
    await fixture.vault.authorizeConnection(actor, { id, body: { credentials: {} } });
    expect(await tokenOf(id)).toBe('token-1');
  });

  it('shows the words of the server without the secrets it was sent', async () => {
    const id = await aConnection('robot');
    fixture.tokenAnswer = (post) => {
      const error_description = `refused ${new URLSearchParams(post.form).toString()}`;
      return Promise.resolve(jsonAnswer(400, { error: 'invalid_request', error_description }));
    };
    const failure: unknown = await read(id).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining('refused') as string });
    expect(JSON.stringify([failure, (failure as AppError).message])).not.toContain('planted-client-secret');
  });

  it('K5 lets the old authorization stand until the new one succeeds', async () => {
    const id = await aConnection('robot');
    await tokenOf(id);
    fixture.tokenAnswer = refuse('invalid_client', 401);
    const wrong = { credentials: { client_secret: 'wrong' } };
    expect(await codeOf(fixture.vault.authorizeConnection(actor, { id, body: wrong }))).toBe('authentication_failed');
    expect((await read(id)).credentials).toMatchObject({ ...credentials, access_token: 'token-1' });
    expect((await view(id)).authorization).toBe('authorized');
  });

  it('takes client id and secret from the settings of a connector that holds them, or names what is missing', async () => {
    const token = { tokenUrl: 'https://auth.example/token', fields: [], scopeDelimiter: ',' as const };
    fixture.manifests.set('held', anOAuthManifest('held', { ...token, heldBy: 'connector' }));
    const id = await aConnection('held', {});
    expect(await codeOf(read(id))).toBe('auth_details_incomplete');
    fixture.settings.set('held', { client_id: 'app', client_secret: 'app-secret' });
    expect(await tokenOf(id)).toBe('token-1');
    expect(fixture.forms[0]?.form).toMatchObject({
      client_id: 'app',
      client_secret: 'app-secret',
      scope: 'read,write',
    });
  });
});

describe('authorization code', () => {
  /** Starts, and gives the parameters of the address that a person opens. */
  async function start(id: string, given: Record<string, string> = {}): Promise<URLSearchParams> {
    const started = await fixture.vault.authorizeConnection(actor, { id, body: { credentials: given } });
    return new URL(started.authorizeUrl ?? '').searchParams;
  }
  const finish = (state: string | null, by = actor) =>
    fixture.vault.finishConsent(by, { state: state ?? '', code: 'the-code' });

  it('DI-19 sends the person with state and PKCE and exchanges the code with the same redirect', async () => {
    const id = await aConnection('person');
    expect((await view(id)).authorization).toBe('unauthorized');
    const asked = await start(id);
    expect(Object.fromEntries(asked)).toMatchObject({
      access_type: 'offline',
      response_type: 'code',
      client_id: 'robot-1',
      redirect_uri: 'https://patchbay.example/oauth/callback',
      scope: 'read write',
      code_challenge_method: 'S256',
    });
    fixture.tokenAnswer = issue({ refresh_token: 'planted-refresh', scope: 'read', expires_in: 600 });
    expect(await finish(asked.get('state'))).toMatchObject({ connectionId: id });
    const { form } = fixture.forms[0] ?? { form: {} };
    expect(form).toMatchObject({
      grant_type: 'authorization_code',
      code: 'the-code',
      redirect_uri: 'https://patchbay.example/oauth/callback',
    });
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode((form as Record<string, string>)['code_verifier']),
    );
    expect(Buffer.from(digest).toString('base64url')).toBe(asked.get('code_challenge'));
    expect(await view(id)).toMatchObject({ authorization: 'authorized', oauth_scopes: ['read'] });
    expect(await tokenOf(id)).toBe('token-1');
    const dump = await dumpDatabase(fixture.database);
    for (const secret of ['planted-client-secret', 'planted-refresh', 'token-1', asked.get('state') ?? ''])
      expect(dump).not.toContain(secret);
  });

  it('ZO-65x takes a state once, from the person who started, for 90 seconds', async () => {
    const id = await aConnection('person');
    expect(await codeOf(finish((await start(id)).get('state'), other))).toBe('oauth_state_invalid');
    expect(await codeOf(finish('made-up'))).toBe('oauth_state_invalid');
    const late = (await start(id)).get('state');
    fixture.clockOffset = 91_000;
    expect(await codeOf(finish(late))).toBe('oauth_state_invalid');
    fixture.clockOffset = 0;
    expect(await codeOf(finish(late))).toBe('oauth_state_invalid');
    const good = (await start(id)).get('state');
    expect((await Promise.all([codeOf(finish(good)), codeOf(finish(good))])).toSorted()).toEqual([
      'nothing was thrown',
      'oauth_state_invalid',
    ]);
  });

  it('ZO-66x keeps the old authorization when the person or the server says no', async () => {
    const id = await aConnection('person');
    await finish((await start(id)).get('state'));
    const state = (await start(id, { client_secret: 'other-secret' })).get('state') ?? '';
    const denied = fixture.vault.finishConsent(actor, { state, error: 'access_denied' });
    expect(await codeOf(denied)).toBe('authentication_failed');
    const again = (await start(id, { client_secret: 'other-secret' })).get('state');
    fixture.tokenAnswer = refuse('invalid_grant');
    expect(await codeOf(finish(again))).toBe('authentication_failed');
    expect((await read(id)).credentials).toMatchObject({ ...credentials, access_token: 'token-1' });
  });

  it('ZO-60x refreshes without a person, keeps a rotated refresh token, and asks for a person when refused', async () => {
    const id = await aConnection('person');
    fixture.tokenAnswer = issue({ refresh_token: 'refresh-1', expires_in: 600 });
    await finish((await start(id)).get('state'));
    fixture.tokenAnswer = issue({ refresh_token: 'refresh-2', expires_in: 600 });
    fixture.clockOffset = 600_000;
    expect(await tokenOf(id)).toBe('token-2');
    expect(fixture.forms.at(-1)?.form).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'refresh-1' });
    fixture.tokenAnswer = issue({ expires_in: 600 });
    fixture.clockOffset = 1_200_000;
    await tokenOf(id);
    fixture.clockOffset = 1_800_000;
    await tokenOf(id);
    expect(fixture.forms.at(-1)?.form).toMatchObject({ refresh_token: 'refresh-2' });
    fixture.tokenAnswer = refuse('invalid_grant');
    fixture.clockOffset = 2_400_000;
    expect(await codeOf(read(id))).toBe('reauthorization_required');
    expect((await view(id)).authorization).toBe('reauth_required');
  });

  it('K6 K7 revoking deletes credentials and tokens; switching off keeps them', async () => {
    const id = await aConnection('person');
    await finish((await start(id)).get('state'));
    await fixture.vault.switchConnection(actor, { id, isEnabled: false });
    expect(await view(id)).toMatchObject({ enabled: false, authorization: 'authorized' });
    await fixture.vault.switchConnection(actor, { id, isEnabled: true });
    expect(await tokenOf(id)).toBe('token-1');
    await fixture.vault.revokeConnection(actor, id);
    const revoked = await view(id);
    expect(revoked).toMatchObject({ authorization: 'revoked', credentials: {} });
    expect(revoked).not.toHaveProperty('oauth_scopes');
    expect(await codeOf(start(id))).toBe('credentials_incomplete');
  });
});
