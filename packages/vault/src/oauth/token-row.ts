/** Tokens as they are stored: sealed. */
export interface SealedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: Date | null;
  readonly grantedScopes: readonly string[];
}

/** Columns of tokens; null clears them. */
export function toTokenRow(tokens: SealedTokens | null) {
  return {
    oauth_access_token: tokens?.accessToken ?? null,
    oauth_refresh_token: tokens?.refreshToken ?? null,
    oauth_expires_at: tokens?.expiresAt ?? null,
    oauth_granted_scopes: tokens === null ? null : [...tokens.grantedScopes],
  };
}
