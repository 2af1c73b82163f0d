import { createTenantScope, type DatabaseConnection } from '@patchbay/database';

/** A tenant's data key, wrapped by a master key. */
export interface WrappedDataKey {
  readonly id: string;
  readonly tenantId: string;
  readonly wrapped: string;
}

/** Wrapped data keys of the tenants. */
export interface DataKeyRepository {
  findActive(tenantId: string): Promise<WrappedDataKey | undefined>;
  find(tenantId: string, id: string): Promise<WrappedDataKey | undefined>;
  /** Stores the first key of a tenant; if another process was faster, nothing happens. */
  insertFirst(key: WrappedDataKey & { readonly masterKeyId: string }): Promise<void>;
  /** One key per master key in use, over all tenants: enough to know whether the master keys at hand are the right ones. */
  sampleByMasterKey(): Promise<WrappedDataKey[]>;
  /** Keys of all tenants that another master key wrapped, locked until the transaction ends. */
  lockWrappedByOthers(masterKeyId: string): Promise<WrappedDataKey[]>;
  replaceWrapped(key: WrappedDataKey & { readonly masterKeyId: string }): Promise<void>;
}

interface DataKeyRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly wrapped: string;
  readonly master_key_id: string;
  readonly is_active: boolean;
}

export function createDataKeyRepository(db: DatabaseConnection): DataKeyRepository {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<DataKeyRow>('data_keys');
  return {
    findActive: async (tenantId) => fromRow(await rows(tenantId).where({ is_active: true }).first()),
    find: async (tenantId, id) => fromRow(await rows(tenantId).where({ id }).first()),
    async insertFirst(key) {
      await createTenantScope(db, key.tenantId)
        .insert('data_keys', { id: key.id, wrapped: key.wrapped, master_key_id: key.masterKeyId })
        .onConflict(db.raw('(tenant_id) where is_active'))
        .ignore();
    },
    async sampleByMasterKey() {
      const list = (await db('data_keys').distinctOn('master_key_id').orderBy('master_key_id')) as DataKeyRow[];
      return list.map(toKey);
    },
    async lockWrappedByOthers(masterKeyId) {
      const list = (await db('data_keys').whereNot({ master_key_id: masterKeyId }).forUpdate()) as DataKeyRow[];
      return list.map(toKey);
    },
    async replaceWrapped(key) {
      await rows(key.tenantId).where({ id: key.id }).update({ wrapped: key.wrapped, master_key_id: key.masterKeyId });
    },
  };
}

function fromRow(row: DataKeyRow | undefined): WrappedDataKey | undefined {
  return row === undefined ? undefined : toKey(row);
}

function toKey(row: DataKeyRow): WrappedDataKey {
  return { id: row.id, tenantId: row.tenant_id, wrapped: row.wrapped };
}
