import type { DatabaseConnection } from '@patchbay/database';

/** Number of connectors that each of the tenants owns; one without any is left out. */
export async function countConnectorsByTenant(
  db: DatabaseConnection,
  tenantIds: readonly string[],
): Promise<Record<string, number>> {
  const rows = await db('connectors')
    .whereIn('tenant_id', tenantIds)
    .whereNull('deleted_at')
    .groupBy('tenant_id')
    .select<{ tenant_id: string; total: string }[]>('tenant_id', db.raw('count(*) as total'));
  return Object.fromEntries(rows.map(({ tenant_id, total }) => [tenant_id, Number(total)]));
}
