import type { Connection } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { Keyring } from '../keyring/keyring.ts';
import { createAccessTokens, type AccessTokens } from '../oauth/access-token.ts';
import type { TokenDeps } from '../vault-deps.ts';
import { createConnectionRepository, findConnection, type StoredConnection } from './connection-repository.ts';
import { openCredentials } from './sealed-credentials.ts';

/** `lastUsed` is exact to this. */
const touchMs = 60_000;

/** A connection with its credentials in plain text. For the length of one call; never stored, logged or put into a payload. */
export interface ReadConnection {
  readonly connectionId: string;
  readonly connectorSlug: string;
  readonly authType: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly authorization: Connection['authorization'];
}

/** What the credentials are for. */
export interface CredentialUse {
  readonly manifest?: Pick<ConnectorManifest, 'auth'> | undefined;
  /** An access token that the external system refused before its time was over; another one is got then. */
  readonly refusedToken?: string | undefined;
}

/** Opens credentials on a worker. */
export interface CredentialReader {
  /**
   * Reads a connection; with the manifest of its connector an oauth2 connection has a fresh `access_token` among its credentials.
   * Throws `connection_not_found`, `secret_unreadable`, `reauthorization_required` and errors of the network. A connection that is
   * disabled or not authorized is answered; the caller refuses it.
   */
  read(tenantId: string, connectionId: string, use?: CredentialUse): Promise<ReadConnection>;
}

/** What the reader of a worker is made of. */
export interface CredentialReaderOptions {
  /** Absent: connections by oauth2 are read without a token. */
  readonly tokens?: TokenDeps;
  readonly clock?: () => Date;
}

/** Makes the reader of a worker; it also notes when a connection was used last. */
export function createCredentialReader(
  database: Database,
  keyring: Keyring,
  options: CredentialReaderOptions = {},
): CredentialReader {
  const clock = options.clock ?? (() => new Date());
  const connections = createConnectionRepository(database.connection);
  const tokens = options.tokens && createAccessTokens({ ...options.tokens, database, keyring, clock });
  return {
    async read(tenantId, connectionId, use = {}) {
      const stored = await findConnection(database.connection, tenantId, connectionId);
      const credentials = await openCredentials(keyring, { tenantId, connectionId, sealed: stored.sealed });
      const token = await accessTokenOf(tokens, tenantId, { stored, ...use });
      const now = clock();
      if (now.getTime() - (stored.lastUsedAt?.getTime() ?? 0) >= touchMs) {
        await connections.touch(tenantId, connectionId, now);
      }
      const { connectorSlug, authType, isEnabled, authorization } = stored;
      const values = { ...credentials, ...(token !== undefined && { access_token: token }) };
      return { connectionId, connectorSlug, authType, credentials: values, enabled: isEnabled, authorization };
    },
  };
}

async function accessTokenOf(
  tokens: AccessTokens | undefined,
  tenantId: string,
  of: CredentialUse & { readonly stored: StoredConnection },
): Promise<string | undefined> {
  const { stored, manifest, refusedToken } = of;
  if (!stored.isEnabled || stored.authorization !== 'authorized' || stored.authType !== 'oauth2') return undefined;
  const scheme = manifest?.auth.find((candidate) => candidate.type === 'oauth2');
  return scheme && tokens?.tokenFor(tenantId, { connection: stored, scheme, refused: refusedToken });
}
