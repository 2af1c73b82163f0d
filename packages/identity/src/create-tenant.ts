import { ulid } from 'ulid';
import type { IdentityDeps } from './identity-deps.ts';
import { createTenantRepository, type Tenant } from './tenant-repository.ts';

/** Makes a tenant. Throws `already_exists` if the id is taken. */
export async function createTenant(
  deps: IdentityDeps,
  input: { readonly id?: string; readonly name: string },
): Promise<Tenant> {
  const tenant = { id: input.id ?? ulid(), name: input.name };
  await createTenantRepository(deps.database.connection).insert(tenant);
  return tenant;
}

/** The tenant with this id; made if it is not there yet. */
export async function ensureTenant(deps: IdentityDeps, tenant: Tenant): Promise<Tenant> {
  const tenants = createTenantRepository(deps.database.connection);
  const known = await tenants.find(tenant.id);
  if (known !== undefined) return known;
  await tenants.insertIfAbsent(tenant);
  return (await tenants.find(tenant.id)) ?? tenant;
}
