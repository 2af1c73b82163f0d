import { createTenantScope, type DatabaseConnection, type Transaction } from '@patchbay/database';

/** Lets one writer at a time publish a flow as a connector; until the transaction ends. */
export async function lockComponent(trx: Transaction, tenantId: string, flowId: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`component/${tenantId}/${flowId}`]);
}

/** Id of the connector that was made from a flow. */
export async function findComponentConnector(
  db: DatabaseConnection,
  tenantId: string,
  flowId: string,
): Promise<string | undefined> {
  const row = await createTenantScope(db, tenantId)
    .rows('connectors')
    .where({ origin_kind: 'component', origin_component_id: flowId })
    .whereNull('deleted_at')
    .first<{ id: string } | undefined>('id');
  return row?.id;
}
