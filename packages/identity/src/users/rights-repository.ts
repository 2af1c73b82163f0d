import type { Role } from '@patchbay/api-contract';
import { createTenantScope, type DatabaseConnection } from '@patchbay/database';
import { authorityColumns, toAuthority, type Authority, type AuthorityRow } from '../authority.ts';

/** Who has which rights. */
export interface RightsRepository {
  countRole(tenantId: string, role: Role): Promise<number>;
  /** In the whole installation. */
  countPlatformAdmins(): Promise<number>;
  /** What a user may do now; undefined if there is no such user. */
  findAuthority(tenantId: string, userId: string): Promise<Authority | undefined>;
}

interface Total {
  readonly total: string;
}

export function createRightsRepository(db: DatabaseConnection): RightsRepository {
  return {
    async countRole(tenantId, role) {
      const [row] = await createTenantScope(db, tenantId).rows('users').where({ role }).count<Total[]>({ total: '*' });
      return Number(row?.total ?? 0);
    },
    async countPlatformAdmins() {
      const [row] = await db('users').where({ is_platform_admin: true }).count<Total[]>({ total: '*' });
      return Number(row?.total ?? 0);
    },
    async findAuthority(tenantId, userId) {
      const row = await createTenantScope(db, tenantId)
        .rows('users')
        .join('tenants', 'tenants.id', 'users.tenant_id')
        .where({ 'users.id': userId })
        .first<AuthorityRow | undefined>(...authorityColumns);
      return row && toAuthority(row);
    },
  };
}
