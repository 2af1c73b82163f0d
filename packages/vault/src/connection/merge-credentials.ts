import { secretMask } from '@patchbay/api-contract';
import { AppError, type FieldProblem } from '@patchbay/errors';
import { toPointer, type AuthScheme, type ConnectorManifest } from '@patchbay/manifest';
import type { VaultDeps } from '../vault-deps.ts';
import { completeCredentials, type CredentialValues } from './check-credentials.ts';
import type { StoredConnection } from './connection-repository.ts';
import { holdsMask, isSecretField, maskAddress } from './mask.ts';
import { openCredentials } from './sealed-credentials.ts';

/** The manifest of a connector that may be connected to. Throws `connector_not_found`, `connector_disabled`. */
export async function usableManifest(deps: VaultDeps, tenantId: string, slug: string): Promise<ConnectorManifest> {
  const entry = await deps.catalog.find(tenantId, slug);
  if (entry === undefined) throw new AppError('connector_not_found');
  if (entry.isEnabled === false) throw new AppError('connector_disabled');
  return entry.manifest;
}

/** What was sent, laid over what is stored, with the scheme it fits. */
export interface MergedCredentials {
  readonly manifest: ConnectorManifest;
  readonly scheme: AuthScheme;
  /** Complete, with defaults. In plain text. */
  readonly values: CredentialValues;
}

/**
 * Lays values from a form over the stored ones: fields that are absent or come back masked stay, an empty optional one is
 * removed. Throws `connector_not_found`, `connector_disabled`, `connection_auth_mismatch`, `validation_error`,
 * `credentials_incomplete`.
 */
export async function mergeCredentials(
  deps: VaultDeps,
  tenantId: string,
  { stored, sent }: { readonly stored: StoredConnection; readonly sent: CredentialValues },
): Promise<MergedCredentials> {
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
  return { manifest, scheme, values: completeCredentials(scheme, { ...kept, ...Object.fromEntries(changed) }) };
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

/** A mask for which there is no value would be stored as the password. Throws `validation_error`. */
export function assertNoMask(values: CredentialValues): void {
  const fields: FieldProblem[] = Object.entries(values)
    .filter(([, value]) => holdsMask(value))
    .map(([name]) => ({ path: toPointer(['credentials', name]), message: 'Type the value; there is none to keep.' }));
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
}
