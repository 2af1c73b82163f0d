import type { Connection, RouteBody, RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { AuthScheme } from '@patchbay/manifest';
import { ulid } from 'ulid';
import type { Actor, VaultDeps } from '../vault-deps.ts';
import { chooseAuthScheme, firstCredentials } from './check-credentials.ts';
import { createConnectionCountRepository } from './connection-count-repository.ts';
import {
  createConnectionRepository,
  findConnection,
  type ConnectionChange,
  type NewConnection,
  type StoredConnection,
} from './connection-repository.ts';
import { assertNoMask, mergeCredentials, usableManifest } from './merge-credentials.ts';
import { sealCredentials } from './sealed-credentials.ts';

/** Revision a write is based on, or `*` to overwrite whatever is there. */
export type BaseRevision = number | '*';

/** How often a write with `*` starts again when someone else was faster. */
const overwriteAttempts = 5;

/**
 * Makes a connection; its credentials are sealed before they are stored. Without credentials it waits for `_authorize` (K1).
 * Throws what the guard of the connector throws, `validation_error`, `credentials_incomplete`, `already_exists`.
 */
export async function createConnection(
  deps: VaultDeps,
  actor: Actor,
  body: RouteBody<'createConnection'>,
): Promise<RouteResponse<'createConnection'>> {
  const connect = { slug: body.connector, purpose: 'create' } as const;
  await deps.guard.assertConnectable(deps.database.connection, actor, connect);
  const manifest = await usableManifest(deps, actor.tenantId, body.connector);
  const scheme = chooseAuthScheme(manifest, body.credentials, body.authType);
  assertNoMask(body.credentials);
  const { values, isComplete } = firstCredentials(scheme, body.credentials);
  const id = ulid();
  const sealed = await sealCredentials(deps.keyring, { tenantId: actor.tenantId, connectionId: id }, values);
  const number = await createConnectionCountRepository(deps.database.connection).toConnector(
    actor.tenantId,
    manifest.slug,
  );
  const connection: NewConnection = {
    id,
    name: body.name,
    connectorSlug: manifest.slug,
    connectorVersion: manifest.version,
    authType: scheme.type,
    sealed,
    authorization: isComplete && !needsConsent(scheme) ? 'authorized' : 'unauthorized',
    accountName: `${manifest.name} Account ${String(number + 1)}`,
    oauthScopes: wantedScopes(scheme, body.oauth_scopes),
    createdBy: actor.userId,
    createdAt: deps.clock(),
  };
  await deps.database.transaction(async (trx) => {
    // Once more, and now it stays so: what is switched off or deleted at the same moment comes before this or sees it.
    await deps.guard.assertConnectable(trx, actor, connect);
    await createConnectionRepository(trx).insert(actor.tenantId, connection);
  });
  return { _id: id, result: 'created', revision: 1 };
}

/** True if a person has to agree at the authorization server. */
function needsConsent(scheme: AuthScheme): boolean {
  return scheme.type === 'oauth2' && scheme.grantType === 'authorization_code';
}

/** Null: all of the connector. Throws `validation_error` for a scope that the connector does not have. */
function wantedScopes(scheme: AuthScheme, scopes: readonly string[] | undefined): readonly string[] | null {
  if (scopes === undefined) return null;
  const known = scheme.type === 'oauth2' ? scheme.scopes : [];
  const foreign = scopes.filter((scope) => !known.includes(scope));
  if (foreign.length === 0) return scopes;
  const message = `The connector has no such scope: ${foreign.join(', ')}.`;
  throw new AppError('validation_error', { details: { fields: [{ path: '/oauth_scopes', message }] } });
}

/** What an update is about. */
export interface ConnectionUpdate {
  readonly id: string;
  readonly body: RouteBody<'updateConnection'>;
  readonly revision: BaseRevision;
}

/**
 * Changes name, switch or credentials. Credential fields that are absent or come back masked stay; an empty optional one is removed.
 * Throws `connection_not_found`, `revision_conflict` with the newest revision in details, and what `createConnection` throws.
 */
export async function updateConnection(
  deps: VaultDeps,
  actor: Actor,
  update: ConnectionUpdate,
): Promise<RouteResponse<'updateConnection'>> {
  // Optimistic: reads and encryption need other connections of the pool, so no transaction is held open meanwhile.
  for (let attempt = 0; attempt < overwriteAttempts; attempt += 1) {
    const stored = await findConnection(deps.database.connection, actor.tenantId, update.id);
    if (update.revision !== '*' && update.revision !== stored.revision) throw revisionConflict(stored.revision);
    const revision = await tryUpdate(deps, actor, { stored, body: update.body });
    if (revision !== undefined) return { _id: update.id, result: 'updated', revision };
  }
  throw new AppError('revision_conflict');
}

/** Undefined if someone else was faster. */
async function tryUpdate(
  deps: VaultDeps,
  actor: Actor,
  { stored, body }: { readonly stored: StoredConnection; readonly body: RouteBody<'updateConnection'> },
): Promise<number | undefined> {
  const merged = body.credentials && (await mergeCredentials(deps, actor.tenantId, { stored, sent: body.credentials }));
  const place = { tenantId: actor.tenantId, connectionId: stored.id };
  const change: ConnectionChange = {
    name: body.name,
    isEnabled: body.enabled,
    ...(merged && {
      sealed: await sealCredentials(deps.keyring, place, merged.values),
      authorization: afterNewCredentials(merged.scheme, stored.authorization),
    }),
    baseRevision: stored.revision,
    updatedBy: actor.userId,
    updatedAt: deps.clock(),
  };
  return deps.database.transaction(async (trx) => {
    if (body.enabled === true && !stored.isEnabled) {
      await deps.guard.assertConnectable(trx, actor, { slug: stored.connectorSlug, purpose: 'enable' });
    }
    return createConnectionRepository(trx).update(actor.tenantId, stored.id, change);
  });
}

/** Complete credentials authorize by themselves, except where a person has to agree once more. */
function afterNewCredentials(scheme: AuthScheme, before: Connection['authorization']): Connection['authorization'] {
  if (!needsConsent(scheme)) return 'authorized';
  return before === 'authorized' ? 'reauth_required' : before;
}

function revisionConflict(revision: number): AppError {
  return new AppError('revision_conflict', { details: { revision } });
}

/** Deletes a connection that no flow uses. Throws `connection_not_found`, `connection_in_use` with `details.usedBy`. */
export async function deleteConnection(
  deps: VaultDeps,
  actor: Actor,
  id: string,
): Promise<RouteResponse<'deleteConnection'>> {
  await deps.database.transaction(async (trx) => {
    const connections = createConnectionRepository(trx);
    await connections.lock(actor.tenantId, id);
    const usedBy = await deps.references.usesOfConnection(actor.tenantId, id, trx);
    if (usedBy.length > 0) throw new AppError('connection_in_use', { details: { usedBy } });
    await connections.delete(actor.tenantId, id);
  });
  return { _id: id, result: 'deleted' };
}
