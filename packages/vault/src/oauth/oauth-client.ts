import { AppError } from '@patchbay/errors';
import type { AuthScheme } from '@patchbay/manifest';
import type { CredentialValues } from '../connection/check-credentials.ts';
import type { ConnectorSettingsReader } from '../vault-deps.ts';

/** An auth scheme of type oauth2. */
export type OAuthScheme = Extract<AuthScheme, { type: 'oauth2' }>;

/** The application that asks for tokens, and where. Lives in memory only. */
export interface OAuthClient {
  readonly clientId: string;
  /** Empty for a public client. */
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly refreshUrl?: string | undefined;
}

/** Where client id and secret come from. */
export interface ClientSource {
  readonly tenantId: string;
  readonly connectorSlug: string;
  readonly scheme: OAuthScheme;
  /** Values of the connection. */
  readonly values: CredentialValues;
}

/**
 * Client id, secret and token address: of the connector's settings or of the connection (5.10). Throws
 * `auth_details_incomplete` with `details.missing`.
 */
export async function resolveClient(settings: ConnectorSettingsReader, source: ClientSource): Promise<OAuthClient> {
  const { scheme, values } = source;
  const isOfConnector = scheme.heldBy === 'connector';
  const idField = isOfConnector ? 'client_id' : scheme.clientIdField;
  const secretField = isOfConnector ? 'client_secret' : scheme.clientSecretField;
  const held: Readonly<Record<string, unknown>> = isOfConnector
    ? await settings.read(source.tenantId, source.connectorSlug)
    : values;
  const clientId = textOf(held[idField]);
  const clientSecret = textOf(held[secretField]);
  const tokenUrl = scheme.tokenUrl ?? textOf(values['token_url']);
  const missing = [
    ...(clientId === '' ? [idField] : []),
    // A public client of a connection has none.
    ...(isOfConnector && clientSecret === '' ? [secretField] : []),
    ...(URL.canParse(tokenUrl) ? [] : ['token_url']),
  ];
  if (missing.length > 0) throw new AppError('auth_details_incomplete', { details: { missing, wasSent: false } });
  return { clientId, clientSecret, tokenUrl, refreshUrl: scheme.refreshUrl };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The parameter `scope`; absent when nothing is asked for. */
export function scopeParameter(scheme: OAuthScheme, scopes: readonly string[] | null): Record<string, string> {
  const asked = scopes ?? scheme.scopes;
  return asked.length === 0 ? {} : { scope: asked.join(scheme.scopeDelimiter) };
}

/** The scopes that were granted: what the server says, else what was asked for. */
export function grantedScopes(
  scheme: OAuthScheme,
  asked: readonly string[] | null,
  granted: string | undefined,
): readonly string[] {
  if (granted === undefined || granted === '') return asked ?? scheme.scopes;
  // Servers answer with spaces or commas whatever they were asked with.
  return granted.split(/[\s,]+/).filter((scope) => scope !== '');
}
