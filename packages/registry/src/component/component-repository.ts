import { createTenantScope, type DatabaseConnection, type Transaction } from '@patchbay/database';
import type { VersionState } from '../connector/connector-state.ts';
import type { ComponentVersionKey } from '../registry-deps.ts';

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

/** What of a connector version matters to the API version that it was made from. */
export interface ComponentVersionRow {
  readonly stage: VersionState['stage'];
  readonly visibility: VersionState['visibility'];
  readonly wasCatalogue: boolean;
  readonly sunsetAt: Date | null;
}

/** The version of the connector that was made from an API version of a flow. */
export async function findComponentVersion(
  db: DatabaseConnection,
  tenantId: string,
  { flowId, version }: ComponentVersionKey,
): Promise<ComponentVersionRow | undefined> {
  return db('connectors as c')
    .join('connector_versions as v', 'v.connector_id', 'c.id')
    .where({ 'c.tenant_id': tenantId, 'c.origin_kind': 'component', 'c.origin_component_id': flowId })
    .where({ 'v.version': version })
    .whereNull('c.deleted_at')
    .first<ComponentVersionRow | undefined>({
      ...{ stage: 'v.stage', visibility: 'v.visibility', wasCatalogue: 'v.was_catalogue', sunsetAt: 'v.sunset_at' },
    });
}
