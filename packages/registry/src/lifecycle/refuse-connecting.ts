import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import type { Reader } from '../connector/reader.ts';
import { seesVersion } from './sees-version.ts';

/** Why no connection may be made or switched on (4.2, column "new connection"). */
export type ConnectingRefusal =
  | 'connector_not_found'
  | 'connector_not_ready'
  | 'connector_disabled'
  | 'version_deprecated'
  | 'version_blocked'
  | 'version_retired';

/** What is to be done with the connection. */
export type ConnectingPurpose = 'create' | 'enable';

const outOfUse = { deprecated: 'version_deprecated', blocked: 'version_blocked', retired: 'version_retired' } as const;

/** Undefined: a tenant may make a connection to the connector, or switch one on that it has. */
export function refuseConnecting(
  state: ConnectorState,
  reader: Reader,
  purpose: ConnectingPurpose,
): ConnectingRefusal | undefined {
  const holds = reader.heldSlugs.includes(state.identity.slug);
  const seen = state.versions.filter((version) => seesVersion(reader, { connector: state, version }, holds));
  const pastDraft = seen.filter((version) => version.stage !== 'draft');
  const [newest] = pastDraft;
  if (newest === undefined) return seen.length === 0 ? 'connector_not_found' : 'connector_not_ready';
  if (!state.isEnabled) return 'connector_disabled';
  if (pastDraft.some((version) => isOffered(version, state, reader))) return undefined;
  if (purpose === 'enable') return pastDraft.every(({ stage }) => stage === 'retired') ? 'version_retired' : undefined;
  return newest.stage in outOfUse ? outOfUse[newest.stage as keyof typeof outOfUse] : 'connector_not_ready';
}

/** Ready: the owner's tenant alone. Pre-released and published: the audience. */
function isOffered({ stage }: VersionState, { tenantId }: ConnectorState, reader: Reader): boolean {
  if (stage === 'ready') return reader.tenantId === tenantId;
  return stage === 'published' || stage === 'pre_released';
}
