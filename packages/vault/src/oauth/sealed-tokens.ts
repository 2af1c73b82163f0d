import type { StoredConnection } from '../connection/connection-repository.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { grantedScopes, type OAuthScheme } from './oauth-client.ts';
import type { TokenSet } from './token-endpoint.ts';
import type { SealedTokens } from './token-row.ts';

type TokenKind = 'access_token' | 'refresh_token';

/** Opens a token of a connection; empty if it has none. Throws `secret_unreadable`. */
export async function openToken(
  keyring: Keyring,
  of: { readonly tenantId: string; readonly connection: StoredConnection; readonly kind?: TokenKind },
): Promise<string> {
  const { tenantId, connection, kind = 'access_token' } = of;
  const sealed = kind === 'access_token' ? connection.accessToken : connection.refreshToken;
  return sealed === null ? '' : keyring.open(tenantId, contextOf(connection.id, kind), sealed);
}

/** Seals what a token endpoint gave for a connection. */
export async function sealTokens(
  deps: { readonly keyring: Keyring; readonly clock: () => Date },
  of: {
    readonly tenantId: string;
    readonly connection: Pick<StoredConnection, 'id' | 'oauthScopes'>;
    readonly scheme: OAuthScheme;
    readonly tokens: TokenSet;
  },
): Promise<SealedTokens> {
  const { tenantId, connection, scheme, tokens } = of;
  const seal = (kind: TokenKind, token: string): Promise<string> =>
    deps.keyring.seal(tenantId, contextOf(connection.id, kind), token);
  const { expiresInSeconds, refreshToken } = tokens;
  return {
    accessToken: await seal('access_token', tokens.accessToken),
    refreshToken: refreshToken === undefined ? null : await seal('refresh_token', refreshToken),
    expiresAt: expiresInSeconds === undefined ? null : new Date(deps.clock().getTime() + expiresInSeconds * 1_000),
    grantedScopes: grantedScopes(scheme, connection.oauthScopes, tokens.scope),
  };
}

/** No credential field can be named so: a slash is no part of a name. */
function contextOf(connectionId: string, kind: TokenKind): string {
  return `connection/${connectionId}/oauth/${kind}`;
}
