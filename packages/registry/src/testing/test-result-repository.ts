import { createTenantScope, type DatabaseConnection } from '@patchbay/database';
import type { ConnectorState } from '../connector/connector-state.ts';

/** Whether one operation passed its last test, and of which content. Nothing that was sent or answered. */
export interface NewTestResult {
  readonly version: string;
  readonly operation: string;
  readonly operationHash: string;
  readonly isPassed: boolean;
  readonly message: string | null;
  readonly testedAt: Date;
}

/** Stores the result of the last test in place of the one before. */
export async function storeTestResult(
  db: DatabaseConnection,
  connector: Pick<ConnectorState, 'id' | 'tenantId'>,
  result: NewTestResult,
): Promise<void> {
  const outcome = {
    operation_hash: result.operationHash,
    is_passed: result.isPassed,
    message: result.message?.replaceAll('\0', '') ?? null,
    tested_at: result.testedAt,
  };
  await createTenantScope(db, connector.tenantId)
    .insert('connector_test_results', {
      connector_id: connector.id,
      version: result.version,
      operation: result.operation,
      ...outcome,
    })
    .onConflict(['connector_id', 'version', 'operation'])
    .merge(outcome);
}
