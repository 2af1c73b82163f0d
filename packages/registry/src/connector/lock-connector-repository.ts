import type { Transaction } from '@patchbay/database';

/** Lets one writer at a time change a connector, also one that is not there yet; until the transaction ends. */
export async function lockConnector(trx: Transaction, tenantId: string, slug: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`connector/${tenantId}/${slug}`]);
}
