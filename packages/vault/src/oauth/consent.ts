import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { oauthCallbackPath } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { createAuthorizationRepository } from '../connection/authorization-repository.ts';
import type { CredentialValues } from '../connection/check-credentials.ts';
import { findConnection, type StoredConnection } from '../connection/connection-repository.ts';
import { usableManifest } from '../connection/merge-credentials.ts';
import { openCredentials, sealCredentials } from '../connection/sealed-credentials.ts';
import type { Actor, VaultDeps } from '../vault-deps.ts';
import { resolveClient, scopeParameter, type OAuthScheme } from './oauth-client.ts';
import { createOAuthStateRepository, type StartedAuthorization } from './oauth-state-repository.ts';
import { sealTokens } from './sealed-tokens.ts';
import { requestToken } from './token-endpoint.ts';

/** How long a person has at the authorization server (ZO-65x). */
const stateLifeMs = 90_000;

/** What is authorized, and with which values. */
export interface ConsentRequest {
  readonly stored: StoredConnection;
  readonly scheme: OAuthScheme;
  readonly values: CredentialValues;
  readonly accountName: string | null;
}

/**
 * Starts the authorization code flow with PKCE; gives the address a person has to open. The connection stays as it is until the
 * callback succeeds. Throws `auth_details_incomplete`.
 */
export async function startConsent(deps: VaultDeps, actor: Actor, request: ConsentRequest): Promise<string> {
  const { stored, scheme, values } = request;
  const { tenantId } = actor;
  if (scheme.authorizeUrl === undefined) {
    throw new AppError('auth_details_incomplete', { details: { missing: ['authorize_url'] } });
  }
  const client = await resolveClient(deps.tokens.settings, {
    tenantId,
    connectorSlug: stored.connectorSlug,
    scheme,
    values,
  });
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  await createOAuthStateRepository(deps.database.connection).insert(tenantId, hashOf(state), {
    connectionId: stored.id,
    userId: actor.userId,
    codeVerifier: await deps.keyring.seal(tenantId, verifierContext(stored.id), verifier),
    sealed: await sealCredentials(deps.keyring, { tenantId, connectionId: stored.id }, values),
    accountName: request.accountName,
    expiresAt: new Date(deps.clock().getTime() + stateLifeMs),
  });
  const url = new URL(scheme.authorizeUrl);
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri(deps),
    ...scopeParameter(scheme, stored.oauthScopes),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** What an authorization server sends back with the browser. */
export interface ConsentAnswer {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  readonly error_description?: string | undefined;
}

/**
 * Ends the flow: exchanges the code and swaps credentials and tokens. A state works once, for the person who started, for 90
 * seconds. Throws `oauth_state_invalid`, `authentication_failed`, and errors of the network; the connection is unchanged then.
 */
export async function finishConsent(
  deps: VaultDeps,
  actor: Actor,
  answer: ConsentAnswer,
): Promise<{ readonly connectionId: string; readonly name: string }> {
  const started = await takeState(deps, actor, answer.state ?? '');
  if (answer.code === undefined || answer.error !== undefined) throw notGranted(answer);
  const { tenantId } = actor;
  const stored = await findConnection(deps.database.connection, tenantId, started.connectionId);
  const scheme = await schemeOf(deps, tenantId, stored);
  const tokens = await exchangeCode(deps, { tenantId, stored, scheme, started, code: answer.code });
  const sealed = await sealTokens(deps, { tenantId, connection: stored, scheme, tokens });
  await createAuthorizationRepository(deps.database.connection).authorize(tenantId, stored.id, {
    sealed: started.sealed,
    tokens: sealed,
    accountName: started.accountName,
    by: actor.userId,
    at: deps.clock(),
  });
  return { connectionId: stored.id, name: stored.name };
}

async function takeState(deps: VaultDeps, actor: Actor, state: string): Promise<StartedAuthorization> {
  const started = await createOAuthStateRepository(deps.database.connection).take(actor.tenantId, hashOf(state));
  const isValid = started?.userId === actor.userId && started.expiresAt.getTime() > deps.clock().getTime();
  if (started === undefined || !isValid) throw new AppError('oauth_state_invalid');
  return started;
}

async function schemeOf(deps: VaultDeps, tenantId: string, stored: StoredConnection): Promise<OAuthScheme> {
  const manifest = await usableManifest(deps, tenantId, stored.connectorSlug);
  const scheme = manifest.auth.find((candidate) => candidate.type === 'oauth2');
  if (scheme === undefined) throw new AppError('connection_auth_mismatch');
  return scheme;
}

interface CodeExchange {
  readonly tenantId: string;
  readonly stored: StoredConnection;
  readonly scheme: OAuthScheme;
  readonly started: StartedAuthorization;
  readonly code: string;
}

async function exchangeCode(deps: VaultDeps, { tenantId, stored, scheme, started, code }: CodeExchange) {
  const place = { tenantId, connectionId: stored.id };
  const values = await openCredentials(deps.keyring, { ...place, sealed: started.sealed });
  const verifier = await deps.keyring.open(tenantId, verifierContext(stored.id), started.codeVerifier);
  const source = { tenantId, connectorSlug: stored.connectorSlug, scheme, values };
  return requestToken(deps.tokens.transport, await resolveClient(deps.tokens.settings, source), {
    type: 'authorization_code',
    parameters: { code, redirect_uri: redirectUri(deps), code_verifier: verifier },
  });
}

function notGranted({ error, error_description: words }: ConsentAnswer): AppError {
  return new AppError('authentication_failed', {
    message: `The authorization server did not grant access: ${(words ?? error ?? 'no code').slice(0, 500)}`,
    details: { reason: (error ?? 'no_code').slice(0, 200) },
  });
}

/** Must be the same, to the letter, at start and at exchange; providers compare it with what was registered there. */
function redirectUri(deps: VaultDeps): string {
  return `${deps.publicUrl}${oauthCallbackPath}`;
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

function verifierContext(connectionId: string): string {
  return `connection/${connectionId}/oauth/code_verifier`;
}
