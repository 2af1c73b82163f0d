import type { IdentityDeps } from '../identity-deps.ts';
import { createTenantRepository, type NewTenant, type Tenant } from './tenant-repository.ts';

/** The tenant with this id; made if it is not there yet. */
export async function ensureTenant(deps: IdentityDeps, tenant: NewTenant): Promise<Tenant> {
  const tenants = createTenantRepository(deps.database.connection);
  const found = await tenants.find(tenant.id);
  if (found !== undefined) return found;
  await tenants.insertIfAbsent(tenant);
  const made = await tenants.find(tenant.id);
  if (made === undefined) throw new Error('A tenant that was just made cannot be gone');
  return made;
}
