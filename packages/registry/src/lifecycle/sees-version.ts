import type { Caller } from '../caller.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { readerOf } from '../connector/reader.ts';

/**
 * 4.2, column "see it", for a state that was read already; `visible-connectors-repository.ts` asks the database the same. What a
 * caller does not see answers 404. `holdsConnection`: its tenant has a connection to the connector.
 */
export function seesVersion(
  caller: Caller,
  { connector, version }: { readonly connector: Pick<ConnectorState, 'tenantId'>; readonly version: VersionState },
  holdsConnection = false,
): boolean {
  const reader = readerOf(caller, []);
  const { stage } = version;
  if (reader.ownTenants.includes(connector.tenantId)) {
    const seesDrafts = reader.draftTenants.includes(connector.tenantId) || version.createdBy === caller.userId;
    return stage !== 'draft' || seesDrafts;
  }
  if (stage === 'draft') return false;
  if (reader.seesAll) return true;
  if (['pre_released', 'published', 'deprecated'].includes(stage)) return version.visibility === 'catalogue';
  const isLeftInUse = stage === 'blocked' || (stage === 'ready' && version.isUnlisted);
  return isLeftInUse && version.wasCatalogue && holdsConnection;
}
