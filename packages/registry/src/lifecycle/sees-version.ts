import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import type { Reader } from '../connector/reader.ts';

/** A version with its owner. */
export interface OwnedVersion {
  readonly connector: Pick<ConnectorState, 'tenantId'>;
  readonly version: VersionState;
}

/**
 * 4.2, column "see it", for a state that was read already; `visible-connectors-repository.ts` asks the database the same. What a
 * reader does not see answers 404. `holdsConnection`: its tenant has a connection to the connector.
 */
export function seesVersion(reader: Reader, { connector, version }: OwnedVersion, holdsConnection = false): boolean {
  const { stage } = version;
  if (reader.ownTenants.includes(connector.tenantId)) {
    return stage !== 'draft' || reader.draftTenants.includes(connector.tenantId) || version.createdBy === reader.userId;
  }
  if (stage === 'draft') return false;
  if (reader.seesAll) return true;
  if (['pre_released', 'published', 'deprecated'].includes(stage)) return version.visibility === 'catalogue';
  const isLeftInUse = stage === 'blocked' || (stage === 'ready' && version.isUnlisted);
  return isLeftInUse && version.wasCatalogue && holdsConnection;
}
