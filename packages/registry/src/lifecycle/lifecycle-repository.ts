import type { DatabaseConnection, Transaction } from '@patchbay/database';
import type { ConnectorState } from '../connector/connector-state.ts';

/** The tests of a draft stay with it when it gets another number. */
export async function renameTestResults(
  trx: Transaction,
  connector: Pick<ConnectorState, 'id'>,
  versions: { readonly from: string; readonly to: string },
): Promise<void> {
  await trx('connector_test_results')
    .where({ connector_id: connector.id, version: versions.from })
    .update({ version: versions.to });
}

/** A version whose `sunset_at` has passed. */
export interface DueVersion {
  readonly connectorId: string;
  readonly version: string;
}

/** Deprecated versions of all tenants that end now, oldest first. */
export async function findDueVersions(db: DatabaseConnection, now: Date, limit: number): Promise<DueVersion[]> {
  return db('connector_versions as v')
    .join('connectors as c', 'c.id', 'v.connector_id')
    .whereNull('c.deleted_at')
    .where({ 'v.stage': 'deprecated' })
    .where('v.sunset_at', '<=', now)
    .orderBy([{ column: 'v.sunset_at' }, { column: 'v.id' }])
    .limit(limit)
    .select<DueVersion[]>({ connectorId: 'v.connector_id', version: 'v.version' });
}

/** Waits for the lock of a connector. Undefined if it is not there any more. */
export async function lockConnectorRow(trx: Transaction, id: string): Promise<{ readonly id: string } | undefined> {
  return trx('connectors').where({ id }).whereNull('deleted_at').forUpdate().first<{ id: string } | undefined>('id');
}

/** Keeps writers of a connector out until the transaction ends, but not other readers. False: it is not there any more. */
export async function shareConnectorRow(db: DatabaseConnection, id: string): Promise<boolean> {
  const row = await db('connectors')
    .where({ id })
    .whereNull('deleted_at')
    .forShare()
    .first<{ id: string } | undefined>('id');
  return row !== undefined;
}

/** The same for several, in the order of their ids, so that two who hold the same ones never wait for each other. */
export async function shareConnectorRows(trx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx('connectors').whereIn('id', ids).orderBy('id').forShare().select('id');
}

/** What decides whether a version may be called (4.2). */
export interface RunnableState {
  readonly stage: ConnectorState['head']['stage'];
  readonly sunsetAt: Date | null;
  readonly isEnabled: boolean;
}

/** State of the version that a content belongs to; a tenant is not needed, since only who was given the integrity can ask. */
export async function findRunnableState(
  db: DatabaseConnection,
  lock: { readonly slug: string; readonly version: string; readonly integrity: string },
): Promise<RunnableState | undefined> {
  return db('connector_revisions as r')
    .join('connectors as c', 'c.id', 'r.connector_id')
    .join('connector_versions as v', { 'v.connector_id': 'r.connector_id', 'v.version': 'r.version' })
    .where({ 'c.slug': lock.slug, 'r.version': lock.version, 'r.integrity': lock.integrity })
    .whereNull('c.deleted_at')
    .first<RunnableState | undefined>({ stage: 'v.stage', sunsetAt: 'v.sunset_at', isEnabled: 'c.is_enabled' });
}
