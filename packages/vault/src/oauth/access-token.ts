import type { Database } from '@patchbay/database';
import { AppError, isAppError } from '@patchbay/errors';
import type { CredentialValues } from '../connection/check-credentials.ts';
import { createConnectionRepository, type StoredConnection } from '../connection/connection-repository.ts';
import { openCredentials } from '../connection/sealed-credentials.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { TokenDeps, TokenTransport } from '../vault-deps.ts';
import { resolveClient, scopeParameter, type OAuthClient, type OAuthScheme } from './oauth-client.ts';
import { openToken, sealTokens } from './sealed-tokens.ts';
import { requestToken, type TokenGrant, type TokenSet } from './token-endpoint.ts';
import { createTokenRepository, lockTokens } from './token-repository.ts';

/** A token is not used any more this long before its end. */
const safetyMs = 60_000;

/** What the source of tokens is made of. */
export interface AccessTokenDeps extends TokenDeps {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly clock: () => Date;
}

/** For whom a token is wanted. */
export interface TokenHolder {
  readonly connection: StoredConnection;
  readonly scheme: OAuthScheme;
  /** A token that the external system refused although its time is not over: it was revoked, and another one is wanted. */
  readonly refused?: string | undefined;
}

/** Gives access tokens of authorized connections, fresh ones if need be. */
export interface AccessTokens {
  /**
   * The token of a connection in plain text, for one call. Throws `reauthorization_required` if the authorization server refuses
   * a new one (K4: the connection needs a person then), and errors of the network, which are worth another try.
   */
  tokenFor(tenantId: string, holder: TokenHolder): Promise<string>;
}

/** Makes the source of a process. */
export function createAccessTokens(deps: AccessTokenDeps): AccessTokens {
  // Many steps wait for one token: one of them gets it, so that the others do not fill the pool with waiting transactions.
  const running = new Map<string, Promise<string>>();
  return {
    async tokenFor(tenantId, { connection, scheme, refused }) {
      const { id } = connection;
      const usable = await usableToken(deps, { tenantId, connection, refused });
      if (usable !== undefined) return usable;
      const known = await running.get(id);
      // One that was on its way may be the very one that was refused meanwhile.
      if (known !== undefined && known !== refused) return known;
      const getting = running.get(id) ?? renew(deps, { tenantId, id, scheme, refused });
      running.set(id, getting);
      try {
        return await getting;
      } finally {
        running.delete(id);
      }
    },
  };
}

/** The token that the connection has, if it may still be used. */
async function usableToken(
  { keyring, clock }: AccessTokenDeps,
  of: { readonly tenantId: string; readonly connection: StoredConnection; readonly refused: string | undefined },
): Promise<string | undefined> {
  if (!isFresh(of.connection, clock())) return undefined;
  const token = await openToken(keyring, of);
  return token === of.refused ? undefined : token;
}

function isFresh({ accessToken, expiresAt }: StoredConnection, now: Date): boolean {
  return accessToken !== null && (expiresAt === null || expiresAt.getTime() - now.getTime() > safetyMs);
}

interface Wanted {
  readonly tenantId: string;
  readonly id: string;
  readonly scheme: OAuthScheme;
  readonly refused: string | undefined;
}

async function renew(deps: AccessTokenDeps, { tenantId, id, scheme, refused }: Wanted): Promise<string> {
  const outcome = await deps.database.transaction(async (trx) => {
    await lockTokens(trx, id);
    const connection = await createConnectionRepository(trx).find(tenantId, id);
    if (connection === undefined) throw new AppError('connection_not_found');
    // Another process may have been faster.
    const usable = await usableToken(deps, { tenantId, connection, refused });
    if (usable !== undefined) return usable;
    try {
      const tokens = await fetchTokens(deps, { tenantId, connection, scheme });
      const sealed = await sealTokens(deps, { tenantId, connection, scheme, tokens });
      await createTokenRepository(trx).store(tenantId, id, sealed);
      return tokens.accessToken;
    } catch (failure) {
      if (!isRefusal(failure)) throw failure;
      await createTokenRepository(trx).requireReauthorization(tenantId, id, connection.lastAuthorizedAt);
      // Thrown outside: an error here would roll the new state back.
      return failure;
    }
  });
  if (typeof outcome === 'string') return outcome;
  throw new AppError('reauthorization_required', { message: outcome.message, details: { wasSent: false } });
}

function isRefusal(failure: unknown): failure is AppError {
  return isAppError(failure) && ['authentication_failed', 'reauthorization_required'].includes(failure.code);
}

interface Holder {
  readonly tenantId: string;
  readonly connection: StoredConnection;
  readonly scheme: OAuthScheme;
}

async function fetchTokens(deps: AccessTokenDeps, { tenantId, connection, scheme }: Holder): Promise<TokenSet> {
  const place = { tenantId, connectionId: connection.id, sealed: connection.sealed };
  const values = await openCredentials(deps.keyring, place);
  const source = { tenantId, connectorSlug: connection.connectorSlug, scheme, values };
  const client = await resolveClient(deps.settings, source);
  if (scheme.grantType === 'client_credentials') {
    return fetchByClient(deps, { client, scheme, scopes: connection.oauthScopes });
  }
  const refreshToken = await openToken(deps.keyring, { tenantId, connection, kind: 'refresh_token' });
  if (refreshToken === '') throw new AppError('reauthorization_required', { message: 'The access token has ended.' });
  const grant: TokenGrant = { type: 'refresh_token', parameters: { refresh_token: refreshToken } };
  const tokens = await requestToken(deps.transport, client, grant);
  // A server that rotates gives a new one with each refresh; the others let the old one stand.
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/** A token by client id and secret alone (DI-32). Throws what {@link requestToken} throws. */
export function fetchByClient(
  deps: Pick<TokenDeps, 'transport'>,
  asked: { readonly client: OAuthClient; readonly scheme: OAuthScheme; readonly scopes: readonly string[] | null },
): Promise<TokenSet> {
  const parameters = scopeParameter(asked.scheme, asked.scopes);
  return requestToken(deps.transport, asked.client, { type: 'client_credentials', parameters });
}

/**
 * A token for one call that no connection stands behind: the test of a draft. Client id and secret are among `values`, also those
 * of a connector that holds them. Throws `auth_details_incomplete`, and what {@link requestToken} throws.
 */
export async function requestClientToken(
  transport: TokenTransport,
  scheme: OAuthScheme,
  values: CredentialValues,
): Promise<string> {
  const own: OAuthScheme = { ...scheme, heldBy: 'connection' };
  const settings = { read: () => Promise.resolve({}) };
  const client = await resolveClient(settings, { tenantId: '', connectorSlug: '', scheme: own, values });
  return (await fetchByClient({ transport }, { client, scheme, scopes: null })).accessToken;
}
