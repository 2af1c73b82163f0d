import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { Keyring } from '../keyring/keyring.ts';
import { createConnectionRepository } from './connection-repository.ts';
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
}

/** Opens credentials on a worker. */
export interface CredentialReader {
  /** Throws `connection_not_found`, `secret_unreadable`. A disabled connection is answered; the caller refuses it. */
  read(tenantId: string, connectionId: string): Promise<ReadConnection>;
}

/** Makes the reader of a worker; it also notes when a connection was used last. */
export function createCredentialReader(
  db: DatabaseConnection,
  keyring: Keyring,
  clock: () => Date = () => new Date(),
): CredentialReader {
  const connections = createConnectionRepository(db);
  return {
    async read(tenantId, connectionId) {
      const stored = await connections.find(tenantId, connectionId);
      if (stored === undefined) throw new AppError('connection_not_found');
      const credentials = await openCredentials(keyring, { tenantId, connectionId, sealed: stored.sealed });
      const now = clock();
      if (now.getTime() - (stored.lastUsedAt?.getTime() ?? 0) >= touchMs) {
        await connections.touch(tenantId, connectionId, now);
      }
      const { connectorSlug, authType, isEnabled } = stored;
      return { connectionId, connectorSlug, authType, credentials, enabled: isEnabled };
    },
  };
}
