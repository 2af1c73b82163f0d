import { onUniqueViolation, type DatabaseConnection } from '@patchbay/database';

/** A tenant as the API shows it. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** The list of tenants itself; everything inside a tenant is in the other repositories. */
export interface TenantRepository {
  /** Throws `already_exists`. */
  insert(tenant: Tenant): Promise<void>;
  /** Nothing happens if another server was faster. */
  insertIfAbsent(tenant: Tenant): Promise<void>;
  find(id: string): Promise<Tenant | undefined>;
}

export function createTenantRepository(db: DatabaseConnection): TenantRepository {
  return {
    async insert(tenant) {
      await onUniqueViolation(db('tenants').insert({ id: tenant.id, name: tenant.name }), 'already_exists');
    },
    async insertIfAbsent(tenant) {
      await db('tenants').insert({ id: tenant.id, name: tenant.name }).onConflict('id').ignore();
    },
    find: (id) => db('tenants').where({ id }).first<Tenant | undefined>('id', 'name'),
  };
}
