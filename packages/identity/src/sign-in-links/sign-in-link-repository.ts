import { createTenantScope, type DatabaseConnection } from '@patchbay/database';

/** Whom a link signs in. */
export interface SignInLink {
  readonly tenantId: string;
  readonly userId: string;
}

/** One-time links, stored as hashes. */
export interface SignInLinkRepository {
  insert(
    link: SignInLink & { readonly tokenHash: string; readonly createdAt: Date; readonly expiresAt: Date },
  ): Promise<void>;
  /** Marks an open link as used and answers it, in one statement: of many requests at once exactly one gets it. */
  claim(tokenHash: string, now: Date): Promise<SignInLink | undefined>;
  /** Makes the open links of a user worthless. */
  deleteOf(tenantId: string, userId: string): Promise<void>;
  deleteExpired(now: Date): Promise<void>;
}

export function createSignInLinkRepository(db: DatabaseConnection): SignInLinkRepository {
  return {
    async insert(link) {
      await createTenantScope(db, link.tenantId).insert('sign_in_links', {
        token_hash: link.tokenHash,
        user_id: link.userId,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
      });
    },
    async claim(tokenHash, now) {
      const [row] = await db('sign_in_links')
        .where({ token_hash: tokenHash })
        .whereNull('used_at')
        .where('expires_at', '>', now)
        .update({ used_at: now })
        .returning<{ tenant_id: string; user_id: string }[]>(['tenant_id', 'user_id']);
      return row === undefined ? undefined : { tenantId: row.tenant_id, userId: row.user_id };
    },
    async deleteOf(tenantId, userId) {
      await createTenantScope(db, tenantId).rows('sign_in_links').where({ user_id: userId }).delete();
    },
    async deleteExpired(now) {
      await db('sign_in_links').where('expires_at', '<=', now).delete();
    },
  };
}
