import type { Keyring } from '../keyring/keyring.ts';
import type { CredentialValues } from './check-credentials.ts';

/** Where a connection's credentials belong; sealed values open nowhere else. */
export interface CredentialPlace {
  readonly tenantId: string;
  readonly connectionId: string;
}

/** Seals every value, each bound to tenant, connection and field. */
export async function sealCredentials(
  keyring: Keyring,
  place: CredentialPlace,
  values: CredentialValues,
): Promise<Record<string, string>> {
  const entries = Object.entries(values).map(
    async ([field, value]) => [field, await keyring.seal(place.tenantId, contextOf(place, field), value)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Opens the values of `fields`; of all by default. Throws `secret_unreadable`. */
export async function openCredentials(
  keyring: Keyring,
  place: CredentialPlace & { readonly sealed: Readonly<Record<string, string>> },
  fields: readonly string[] = Object.keys(place.sealed),
): Promise<Record<string, string>> {
  const entries = fields.map(
    async (field) =>
      [field, await keyring.open(place.tenantId, contextOf(place, field), place.sealed[field] ?? '')] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

function contextOf(place: CredentialPlace, field: string): string {
  return `connection/${place.connectionId}/${field}`;
}
