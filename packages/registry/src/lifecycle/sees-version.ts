import { platformTenant, type Caller } from '../caller.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';

type Owned = Pick<ConnectorState, 'tenantId'>;
type Seen = Pick<VersionState, 'stage' | 'visibility' | 'isUnlisted' | 'createdBy'>;

/** 4.2, column "see it". What a caller does not see answers 404. */
export function seesVersion(
  caller: Caller,
  { connector, version }: { readonly connector: Owned; readonly version: Seen },
  holdsConnection = false,
): boolean {
  if (version.stage === 'draft') return seesDraft(caller, connector, version);
  if (caller.isPlatformAdmin) return true;
  if (caller.tenantId === connector.tenantId) return true;
  if (version.stage === 'ready') return version.isUnlisted && holdsConnection;
  if (version.stage === 'blocked') return holdsConnection;
  if (version.stage === 'retired') return false;
  return version.visibility === 'catalogue';
}

/** The creator, and who administers the owner. */
function seesDraft(caller: Caller, connector: Owned, version: Seen): boolean {
  if (connector.tenantId === platformTenant && caller.isPlatformAdmin) return true;
  if (caller.tenantId !== connector.tenantId) return false;
  return version.createdBy === caller.userId || caller.role === 'enterprise_admin';
}
