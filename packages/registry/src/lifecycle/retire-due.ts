import type { Database, Transaction } from '@patchbay/database';
import { stateById } from '../connector/connector-state-repository.ts';
import { refreshHead } from '../connector/head-repository.ts';
import { touchConnector, updateVersion } from '../connector/write-repository.ts';
import type { AuditLog } from '../registry-deps.ts';
import { findDueVersions, lockConnectorRow, type DueVersion } from './lifecycle-repository.ts';

/** What retirement by the clock needs. */
export interface RetirementDeps {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: () => Date;
}

/** Most versions of one round; the next one takes the rest. */
const mostPerRound = 500;

/**
 * T12 by the clock: retires every deprecated version whose `sunset_at` has passed, whatever still uses it (5.7), with an audit entry
 * by `clock`. Each version in a transaction of its own; safe to run on several workers at once. Gives how many it retired.
 */
export async function retireDue(deps: RetirementDeps): Promise<number> {
  const due = await findDueVersions(deps.database.connection, deps.clock(), mostPerRound);
  let retired = 0;
  for (const version of due) retired += await deps.database.transaction((trx) => retireOne(deps, trx, version));
  return retired;
}

async function retireOne(deps: RetirementDeps, trx: Transaction, due: DueVersion): Promise<0 | 1> {
  if ((await lockConnectorRow(trx, due.connectorId)) === undefined) return 0;
  const state = await stateById(trx, due.connectorId);
  const version = state.versions.find((each) => each.version === due.version);
  // Somebody else was faster.
  if (version?.stage !== 'deprecated' || version.sunsetAt === undefined || version.sunsetAt > deps.clock()) return 0;
  await updateVersion(trx, state, { versionId: version.id, set: { stage: 'retired' } });
  await touchConnector(trx, state, { updatedBy: 'clock' });
  await refreshHead(trx, state);
  await deps.audit.record(trx, {
    tenantId: state.tenantId,
    actor: 'clock',
    action: 'connector_retire',
    target: { kind: 'connector', id: state.id, name: state.identity.name },
    version: version.version,
    from: version.stage,
    to: 'retired',
    reason: version.deprecation?.reason,
    details: { transition: 'T12', sunset_at: version.sunsetAt.toISOString() },
  });
  return 1;
}
