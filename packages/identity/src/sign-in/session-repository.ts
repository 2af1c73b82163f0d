import { createTenantScope, type DatabaseConnection } from '@patchbay/database';
import { authorityColumns, toAuthority, type Authority, type AuthorityRow } from '../authority.ts';

/** How a session was opened. */
export type SessionOrigin = 'password' | 'link';

/** A session as it is stored: only the hash of its secret. */
export interface StoredSession {
  readonly secretHash: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly openedBy: SessionOrigin;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Sessions of a tenant's users. */
export interface SessionRepository {
  insert(session: StoredSession): Promise<void>;
  /** Finds by the secret alone, since the cookie is all a request has; with what the user may do now. */
  findOpen(
    secretHash: string,
    now: Date,
  ): Promise<{ readonly session: StoredSession; readonly authority: Authority } | undefined>;
  delete(tenantId: string, secretHash: string): Promise<void>;
  /** Ends all sessions of a user but one. */
  deleteOthers(tenantId: string, userId: string, keptHash: string | undefined): Promise<void>;
  deleteExpired(now: Date): Promise<void>;
}

interface SessionRow {
  readonly secret_hash: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly opened_by: SessionOrigin;
  readonly created_at: Date;
  readonly expires_at: Date;
}

export function createSessionRepository(db: DatabaseConnection): SessionRepository {
  return {
    async insert(session) {
      await createTenantScope(db, session.tenantId).insert('sessions', {
        secret_hash: session.secretHash,
        user_id: session.userId,
        opened_by: session.openedBy,
        created_at: session.createdAt,
        expires_at: session.expiresAt,
      });
    },
    async findOpen(secretHash, now) {
      const row = await db('sessions')
        .join('users', 'users.id', 'sessions.user_id')
        .join('tenants', 'tenants.id', 'users.tenant_id')
        .where({ secret_hash: secretHash })
        .where('expires_at', '>', now)
        .first<(SessionRow & AuthorityRow) | undefined>('sessions.*', ...authorityColumns);
      return row === undefined ? undefined : { session: fromRow(row), authority: toAuthority(row) };
    },
    async delete(tenantId, secretHash) {
      await createTenantScope(db, tenantId).rows('sessions').where({ secret_hash: secretHash }).delete();
    },
    async deleteOthers(tenantId, userId, keptHash) {
      const rows = createTenantScope(db, tenantId).rows('sessions').where({ user_id: userId });
      if (keptHash !== undefined) void rows.whereNot({ secret_hash: keptHash });
      await rows.delete();
    },
    async deleteExpired(now) {
      await db('sessions').where('expires_at', '<=', now).delete();
    },
  };
}

function fromRow(row: SessionRow): StoredSession {
  return {
    secretHash: row.secret_hash,
    tenantId: row.tenant_id,
    userId: row.user_id,
    openedBy: row.opened_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
