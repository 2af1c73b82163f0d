import { createTenantScope, toJsonb, type DatabaseConnection } from '@patchbay/database';

/** An authorization that was started and waits for its callback. */
export interface StartedAuthorization {
  readonly connectionId: string;
  readonly userId: string;
  /** Sealed. */
  readonly codeVerifier: string;
  /** Sealed by field, ready to become the credentials of the connection. */
  readonly sealed: Readonly<Record<string, string>>;
  readonly accountName: string | null;
  readonly expiresAt: Date;
}

interface StateRow {
  readonly connection_id: string;
  readonly user_id: string;
  readonly code_verifier: string;
  readonly credentials: Record<string, string>;
  readonly account_name: string | null;
  readonly expires_at: Date;
}

/** Authorizations in progress, by the hash of their state. */
export function createOAuthStateRepository(db: DatabaseConnection) {
  return {
    /** Those that have ended without a callback go away by the way. */
    async insert(tenantId: string, stateHash: string, started: StartedAuthorization): Promise<void> {
      await db.raw(`delete from oauth_states where expires_at < now() - interval '1 hour'`);
      await createTenantScope(db, tenantId).insert('oauth_states', {
        state_hash: stateHash,
        connection_id: started.connectionId,
        user_id: started.userId,
        code_verifier: started.codeVerifier,
        credentials: toJsonb(started.sealed),
        account_name: started.accountName,
        expires_at: started.expiresAt,
      });
    },
    /** Takes it away: a second call with the same hash finds nothing. */
    async take(tenantId: string, stateHash: string): Promise<StartedAuthorization | undefined> {
      const mine = createTenantScope(db, tenantId).rows('oauth_states').where({ state_hash: stateHash });
      const [row] = (await mine.delete('*')) as unknown as StateRow[];
      return (
        row && {
          connectionId: row.connection_id,
          userId: row.user_id,
          codeVerifier: row.code_verifier,
          sealed: row.credentials,
          accountName: row.account_name,
          expiresAt: row.expires_at,
        }
      );
    },
  };
}
