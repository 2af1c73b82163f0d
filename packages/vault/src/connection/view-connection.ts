import {
  secretMask,
  toFoundBody,
  toPageBody,
  type Connection,
  type FoundBody,
  type PageBody,
  type RouteQuery,
} from '@patchbay/api-contract';
import { AppError, type ErrorCode } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { ConnectorEntry, VaultDeps } from '../vault-deps.ts';
import { createConnectionRepository, type StoredConnection } from './connection-repository.ts';
import { isSecretField, maskAddress } from './mask.ts';
import { openCredentials } from './sealed-credentials.ts';

/** Connections of a tenant by name or connector; secrets are masked. */
export async function searchConnections(
  deps: VaultDeps,
  tenantId: string,
  query: RouteQuery<'searchConnections'>,
): Promise<PageBody<Connection>> {
  const started = performance.now();
  const page = await createConnectionRepository(deps.database.connection).search(tenantId, query);
  const items = await Promise.all(page.items.map((stored) => toConnection(deps, tenantId, stored)));
  return toPageBody({ total: page.total, items }, performance.now() - started);
}

/** One connection; secrets are masked. Throws `connection_not_found`. */
export async function getConnection(deps: VaultDeps, tenantId: string, id: string): Promise<FoundBody<Connection>> {
  const stored = await createConnectionRepository(deps.database.connection).find(tenantId, id);
  if (stored === undefined) throw new AppError('connection_not_found');
  return toFoundBody(await toConnection(deps, tenantId, stored));
}

async function toConnection(deps: VaultDeps, tenantId: string, stored: StoredConnection): Promise<Connection> {
  const entry = await entryOf(deps, tenantId, stored);
  const [credentials, usedBy] = await Promise.all([
    maskedCredentials(deps, tenantId, { stored, manifest: entry?.manifest }),
    deps.references.usesOfConnection(tenantId, stored.id),
  ]);
  return {
    id: stored.id,
    created: stored.createdAt.toISOString(),
    updated: stored.updatedAt.toISOString(),
    revision: stored.revision,
    name: stored.name,
    connector: connectorOf(stored.connectorSlug, entry?.manifest),
    ...(stored.connectorVersion !== null && { connector_version: stored.connectorVersion }),
    authType: stored.authType,
    ...noticeOf(entry),
    credentials,
    ...authorizationFacts(stored),
    enabled: stored.isEnabled,
    authorization: stored.authorization,
    health: stored.health,
    ...observations(stored),
    usedBy,
  };
}

/** Reasons that a person with an existing connection should know (4.2); the others are about new ones only. */
const notices: ReadonlySet<ErrorCode> = new Set([
  ...(['connector_disabled', 'version_deprecated', 'version_blocked', 'version_retired'] as const),
]);

function noticeOf(entry: ConnectorEntry | undefined): Pick<Connection, 'connector_notice'> {
  const reason = entry === undefined ? 'connector_not_found' : (entry.refusal ?? disabledReason(entry));
  if (reason === undefined || (entry !== undefined && !notices.has(reason))) return {};
  const { code, message } = new AppError(reason);
  const { deprecation } = entry ?? {};
  return { connector_notice: { code, message, ...(deprecation && { deprecation }) } };
}

function disabledReason({ isEnabled }: ConnectorEntry): ErrorCode | undefined {
  return isEnabled === false ? 'connector_disabled' : undefined;
}

/** The version it was made with, else what the tenant sees of the connector at all. */
async function entryOf(
  deps: VaultDeps,
  tenantId: string,
  stored: StoredConnection,
): Promise<ConnectorEntry | undefined> {
  const { connectorSlug, connectorVersion } = stored;
  const pinned =
    connectorVersion === null ? undefined : await deps.catalog.find(tenantId, connectorSlug, connectorVersion);
  return pinned ?? deps.catalog.find(tenantId, connectorSlug);
}

function authorizationFacts(stored: StoredConnection): Partial<Connection> {
  const { grantedScopes, expiresAt, lastAuthorizedAt, accountName } = stored;
  return {
    ...(grantedScopes !== null && { oauth_scopes: [...grantedScopes] }),
    ...(expiresAt !== null && { expires_at: expiresAt.toISOString() }),
    ...(lastAuthorizedAt !== null && { last_authorized_at: lastAuthorizedAt.toISOString() }),
    ...(accountName !== null && { account_name: accountName }),
  };
}

function observations(stored: StoredConnection): Partial<Connection> {
  return {
    ...(stored.healthMessage === null ? {} : { healthMessage: stored.healthMessage }),
    ...(stored.healthCheckedAt === null ? {} : { healthCheckedAt: stored.healthCheckedAt.toISOString() }),
    ...(stored.lastUsedAt === null ? {} : { lastUsed: stored.lastUsedAt.toISOString() }),
  };
}

/** Shown for a connection whose connector is not to be found any more. */
const plainIcon = {
  dataUri: 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/%3E',
  tile: 'slate',
};

function connectorOf(slug: string, manifest: ConnectorManifest | undefined): Connection['connector'] {
  return { slug, name: manifest?.name ?? slug, icon: manifest?.icon ?? plainIcon };
}

/** Only what is no secret is decrypted at all. */
async function maskedCredentials(
  deps: VaultDeps,
  tenantId: string,
  { stored, manifest }: { readonly stored: StoredConnection; readonly manifest: ConnectorManifest | undefined },
): Promise<Record<string, string>> {
  const names = Object.keys(stored.sealed);
  const shown = names.filter((name) => !isSecretField(manifest, name));
  const place = { tenantId, connectionId: stored.id, sealed: stored.sealed };
  const open = new Map(Object.entries(await openCredentials(deps.keyring, place, shown)));
  return Object.fromEntries(
    names.map((name) => {
      const value = open.get(name);
      return [name, value === undefined ? secretMask : maskAddress(value)];
    }),
  );
}
