import { createTenantScope, type DatabaseConnection, type Transaction } from '@patchbay/database';
import { toTokenRow, type SealedTokens } from './token-row.ts';

/** Tokens of connections. What happens here is no edit of a person: the revision of the connection stays. */
export function createTokenRepository(db: DatabaseConnection) {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows('connections');
  return {
    async store(tenantId: string, id: string, tokens: SealedTokens): Promise<void> {
      await rows(tenantId).where({ id }).update(toTokenRow(tokens));
    },
    /** K4. Does nothing if somebody authorized it again since `lastAuthorizedAt`. */
    async requireReauthorization(tenantId: string, id: string, lastAuthorizedAt: Date | null): Promise<void> {
      await rows(tenantId)
        .where({ id, authorization: 'authorized', last_authorized_at: lastAuthorizedAt })
        .update({ authorization: 'reauth_required' });
    },
  };
}

/** Only one process at a time gets a token for a connection; held until the transaction ends. */
export async function lockTokens(trx: Transaction, connectionId: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`oauth/${connectionId}`]);
}
