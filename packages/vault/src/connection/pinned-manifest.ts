import { AppError, type ErrorCode } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { VaultDeps } from '../vault-deps.ts';
import type { StoredConnection } from './connection-repository.ts';

/** What keeps a connection that is there from working (4.2). */
const stopping: ReadonlySet<ErrorCode> = new Set(['connector_disabled', 'version_blocked', 'version_retired']);

/**
 * What calls of a connection run: the version it was made with; one from before versions were noted takes the newest. Throws
 * `connector_not_found`, `connector_disabled`, `version_blocked`, `version_retired`.
 */
export async function pinnedManifest(
  deps: VaultDeps,
  tenantId: string,
  stored: StoredConnection,
): Promise<ConnectorManifest> {
  const { connectorSlug, connectorVersion } = stored;
  const entry = await deps.catalog.find(tenantId, connectorSlug, connectorVersion ?? undefined);
  if (entry === undefined) throw new AppError('connector_not_found');
  if (entry.isEnabled === false) throw new AppError('connector_disabled');
  if (entry.refusal !== undefined && stopping.has(entry.refusal)) throw new AppError(entry.refusal);
  return entry.manifest;
}
