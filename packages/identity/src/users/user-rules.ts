import type { Role } from '@patchbay/api-contract';
import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { Rights } from '../principal.ts';
import { createTenantRepository, platformTenantId } from '../tenants/tenant-repository.ts';
import { createUserRepository, type StoredUser } from './user-repository.ts';

/** Throws `validation_error` for a platform administrator without another role outside the platform's own tenant. */
export function assertRoleFits(tenantId: string, role: Role): void {
  if (role !== 'platform_admin' || tenantId === platformTenantId) return;
  const message = 'Only in the tenant platform; elsewhere choose another role, with platformAdmin beside it.';
  throw new AppError('validation_error', { details: { fields: [{ path: '/role', message }] } });
}

/** Throws `not_found`. */
export async function assertTenant(db: DatabaseConnection, tenantId: string): Promise<void> {
  const tenant = await createTenantRepository(db).find(tenantId);
  if (tenant === undefined) throw new AppError('not_found', { message: 'There is no such tenant.' });
}

/** Throws `not_found`. */
export async function findUser(trx: Transaction, tenantId: string, userId: string): Promise<StoredUser> {
  const stored = await createUserRepository(trx).find(tenantId, userId);
  if (stored === undefined) throw new AppError('not_found', { message: 'There is no such user in your tenant.' });
  return stored;
}

/** Rights as the audit log names them. */
export function describeRights({ role, isPlatformAdmin }: Rights): string {
  return isPlatformAdmin && role !== 'platform_admin' ? `${role}, platform_admin` : role;
}
