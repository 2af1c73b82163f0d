import { createTenantScope, type Transaction } from '@patchbay/database';
import type { ConnectorState } from './connector-state.ts';

/** Forgets the tests of a version. */
export async function deleteTestResults(
  trx: Transaction,
  connector: Pick<ConnectorState, 'id' | 'tenantId'>,
  version: string,
): Promise<void> {
  await createTenantScope(trx, connector.tenantId)
    .rows('connector_test_results')
    .where({ connector_id: connector.id, version })
    .delete();
}
