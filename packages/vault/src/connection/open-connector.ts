import { AppError } from '@patchbay/errors';
import type { ConnectorManifest, JsonObject } from '@patchbay/manifest';
import type { OperationTestResult, VaultDeps } from '../vault-deps.ts';
import { assertUsable } from './assert-usable.ts';
import { callOperation } from './call-operation.ts';
import { findConnection, type StoredConnection } from './connection-repository.ts';
import { pinnedManifest } from './pinned-manifest.ts';

/** A connector to call, through a connection or without one. */
export interface ConnectorTarget {
  readonly slug: string;
  readonly connectionId?: string | undefined;
}

/** What will be called. */
export interface OpenConnector {
  readonly manifest: ConnectorManifest;
  /** As `callOperation`. */
  call(operation: string, input: JsonObject): Promise<OperationTestResult>;
}

/**
 * Finds the version that calls run: that of the connection, else the newest that the tenant may use. Throws `connection_not_found`,
 * `connection_auth_mismatch` for a connection of another connector, `connection_disabled`, `connection_required`,
 * `reauthorization_required`, `connector_not_found`, and the refusals of 4.2.
 */
export async function openConnector(
  deps: VaultDeps,
  tenantId: string,
  { slug, connectionId }: ConnectorTarget,
): Promise<OpenConnector> {
  const connection =
    connectionId === undefined ? undefined : await findConnection(deps.database.connection, tenantId, connectionId);
  const manifest =
    connection === undefined
      ? await newestManifest(deps, tenantId, slug)
      : await manifestOf(deps, tenantId, { connection, slug });
  return {
    manifest,
    call: (operation, input) => callOperation(deps, tenantId, { manifest, connection, operation, input }),
  };
}

async function manifestOf(
  deps: VaultDeps,
  tenantId: string,
  { connection, slug }: { readonly connection: StoredConnection; readonly slug: string },
): Promise<ConnectorManifest> {
  if (connection.connectorSlug !== slug) throw new AppError('connection_auth_mismatch');
  assertUsable(connection);
  return pinnedManifest(deps, tenantId, connection);
}

async function newestManifest(deps: VaultDeps, tenantId: string, slug: string): Promise<ConnectorManifest> {
  const entry = await deps.catalog.find(tenantId, slug);
  if (entry === undefined) throw new AppError('connector_not_found');
  if (entry.isEnabled === false) throw new AppError('connector_disabled');
  if (entry.refusal !== undefined) throw new AppError(entry.refusal);
  return entry.manifest;
}
