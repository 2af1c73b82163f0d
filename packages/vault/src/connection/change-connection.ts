import { secretMask, type RouteBody, type RouteResponse } from '@patchbay/api-contract';
import { AppError, type FieldProblem } from '@patchbay/errors';
import { toPointer, type ConnectorManifest } from '@patchbay/manifest';
import { ulid } from 'ulid';
import type { Actor, VaultDeps } from '../vault-deps.ts';
import { chooseAuthScheme, completeCredentials, type CredentialValues } from './check-credentials.ts';
import { createConnectionRepository, type StoredConnection } from './connection-repository.ts';
import { holdsMask, isSecretField, maskAddress } from './mask.ts';
import { openCredentials, sealCredentials } from './sealed-credentials.ts';

/** Revision a write is based on, or `*` to overwrite whatever is there. */
export type BaseRevision = number | '*';

/** How often a write with `*` starts again when someone else was faster. */
const overwriteAttempts = 5;

/**
 * Makes a connection; its credentials are sealed before they are stored.
 * Throws `connector_not_found`, `connector_disabled`, `validation_error`, `credentials_incomplete`, `already_exists`.
 */
export async function createConnection(
  deps: VaultDeps,
  actor: Actor,
  body: RouteBody<'createConnection'>,
): Promise<RouteResponse<'createConnection'>> {
  const manifest = await usableManifest(deps, actor.tenantId, body.connector);
  const scheme = chooseAuthScheme(manifest, body.credentials, body.authType);
  assertNoMask(body.credentials);
  const values = completeCredentials(scheme, body.credentials);
  const id = ulid();
  const sealed = await sealCredentials(deps.keyring, { tenantId: actor.tenantId, connectionId: id }, values);
  await createConnectionRepository(deps.database.connection).insert(actor.tenantId, {
    id,
    name: body.name,
    connectorSlug: manifest.slug,
    authType: scheme.type,
    sealed,
    authorization: 'authorized',
    createdBy: actor.userId,
  });
  return { _id: id, result: 'created', revision: 1 };
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
    const stored = await findConnection(deps, actor.tenantId, update.id);
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
  const sealed =
    body.credentials && (await mergedCredentials(deps, actor.tenantId, { stored, sent: body.credentials }));
  return createConnectionRepository(deps.database.connection).update(actor.tenantId, stored.id, {
    name: body.name,
    isEnabled: body.enabled,
    sealed,
    baseRevision: stored.revision,
    updatedBy: actor.userId,
    updatedAt: deps.clock(),
  });
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
  await findConnection(deps, actor.tenantId, id);
  const usedBy = await deps.references.usesOfConnection(actor.tenantId, id);
  if (usedBy.length > 0) throw new AppError('connection_in_use', { details: { usedBy } });
  await createConnectionRepository(deps.database.connection).delete(actor.tenantId, id);
  return { _id: id, result: 'deleted' };
}

async function findConnection(deps: VaultDeps, tenantId: string, id: string): Promise<StoredConnection> {
  const stored = await createConnectionRepository(deps.database.connection).find(tenantId, id);
  if (stored === undefined) throw new AppError('connection_not_found');
  return stored;
}

async function usableManifest(deps: VaultDeps, tenantId: string, slug: string): Promise<ConnectorManifest> {
  const entry = await deps.catalog.find(tenantId, slug);
  if (entry === undefined) throw new AppError('connector_not_found');
  if (entry.isEnabled === false) throw new AppError('connector_disabled');
  return entry.manifest;
}

async function mergedCredentials(
  deps: VaultDeps,
  tenantId: string,
  { stored, sent }: { readonly stored: StoredConnection; readonly sent: CredentialValues },
): Promise<Record<string, string>> {
  const manifest = await usableManifest(deps, tenantId, stored.connectorSlug);
  const scheme = manifest.auth.find((candidate) => candidate.type === stored.authType);
  if (scheme === undefined) {
    throw new AppError('connection_auth_mismatch', {
      message: 'The connector does not offer this way to sign in any more.',
      hint: 'Create a new connection.',
    });
  }
  const place = { tenantId, connectionId: stored.id };
  const known = await openCredentials(deps.keyring, { ...place, sealed: stored.sealed });
  const changed = Object.entries(sent).filter(
    ([name, value]) => !isUnchanged(manifest, name, { value, known: ownValue(known, name) }),
  );
  assertNoMask(Object.fromEntries(changed));
  // What an older version of the connector asked for and this one does not is left behind.
  const fields = new Set(scheme.fields.map((field) => field.name));
  const kept = Object.fromEntries(Object.entries(known).filter(([name]) => fields.has(name)));
  const values = completeCredentials(scheme, { ...kept, ...Object.fromEntries(changed) });
  return sealCredentials(deps.keyring, place, values);
}

/** A field may have a name that every object knows. */
function ownValue(values: CredentialValues, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** True if a form sent back what it was shown instead of a value. */
function isUnchanged(
  manifest: ConnectorManifest,
  name: string,
  { value, known }: { readonly value: string; readonly known: string | undefined },
): boolean {
  if (known === undefined || !holdsMask(value)) return false;
  return isSecretField(manifest, name) ? value === secretMask : value === maskAddress(known);
}

/** A mask for which there is no value would be stored as the password. */
function assertNoMask(values: CredentialValues): void {
  const fields: FieldProblem[] = Object.entries(values)
    .filter(([, value]) => holdsMask(value))
    .map(([name]) => ({ path: toPointer(['credentials', name]), message: 'Type the value; there is none to keep.' }));
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
}
