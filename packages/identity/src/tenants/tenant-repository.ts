import type { Session, TenantFeatures, TenantView } from '@patchbay/api-contract';
import {
  narrowToText,
  onUniqueViolation,
  parseSort,
  readPage,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
  type Transaction,
} from '@patchbay/database';

/** A tenant as a session shows it. */
export type Tenant = Session['tenant'];

/** A tenant with what its administrators see, without what other modules count. */
export type TenantRecord = Omit<TenantView, 'connector_count'>;

/** Some fields of an object anew. */
export type Changes<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

/** What makes a tenant; features not named take their default. */
export interface NewTenant {
  readonly id: string;
  readonly name: string;
  readonly features?: Changes<TenantFeatures> | undefined;
}

/** The list of tenants itself; everything inside a tenant is in the other repositories. */
export interface TenantRepository {
  /** Throws `already_exists`. */
  insert(tenant: NewTenant): Promise<void>;
  /** Nothing happens if another server was faster. */
  insertIfAbsent(tenant: NewTenant): Promise<void>;
  find(id: string): Promise<Tenant | undefined>;
  findRecord(id: string): Promise<TenantRecord | undefined>;
  /** `id` narrows the search to one tenant. */
  search(request: TenantRequest): Promise<PageResult<TenantRecord>>;
  /** Answers the new revision. */
  update(tenant: Tenant, at: Date): Promise<number>;
}

/** Which tenants are wanted. */
export interface TenantRequest extends PageRequest {
  readonly query?: string | undefined;
  readonly id?: string | undefined;
}

interface TenantRow extends Tenant {
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly user_count: string;
}

/** The tenant that owns built-in connectors; platform administrators without another role are its users. */
export const platformTenantId = 'platform';

const defaultFeatures: TenantFeatures = { custom_connectors: true, sdk_access: true, review_required: false };
const sortColumns = { id: 'id', name: 'name', created: 'created_at', updated: 'updated_at' };

export function createTenantRepository(db: DatabaseConnection): TenantRepository {
  const records = () =>
    db<TenantRow>('tenants').select(
      'tenants.*',
      db.raw('(select count(*) from users where users.tenant_id = tenants.id) as user_count'),
    );
  return {
    async insert(tenant) {
      await onUniqueViolation(db('tenants').insert(toRow(tenant)), 'already_exists', {
        message: 'There is a tenant with this id already.',
      });
    },
    async insertIfAbsent(tenant) {
      await db('tenants').insert(toRow(tenant)).onConflict('id').ignore();
    },
    find: (id) => db('tenants').where({ id }).first<Tenant | undefined>('id', 'name', 'features', 'limits'),
    async findRecord(id) {
      const row = (await records().where({ id }).first()) as TenantRow | undefined;
      return row && fromRow(row);
    },
    async search(request) {
      const rows = records();
      if (request.id !== undefined) void rows.where({ id: request.id });
      narrowToText(rows, request.query, ['id', 'name']);
      const sort = parseSort(request.sort, sortColumns) ?? { column: 'name', order: 'asc' };
      const page = await readPage<TenantRow>(rows, request, [sort, { column: 'id', order: 'asc' }]);
      return { total: page.total, items: page.items.map(fromRow) };
    },
    async update({ id, name, features, limits }, at) {
      const [row] = await db('tenants')
        .where({ id })
        .update({
          name,
          features: JSON.stringify(features),
          limits: JSON.stringify(limits),
          updated_at: at,
          revision: db.raw('revision + 1'),
        })
        .returning<{ revision: number }[]>('revision');
      return row?.revision ?? 0;
    },
  };
}

/** Holds the rows of tenants until the transaction ends, always in the same order; rows that refer to them can still be added. */
export async function lockTenants(trx: Transaction, ids: readonly string[]): Promise<void> {
  await trx('tenants').whereIn('id', ids).orderBy('id').forNoKeyUpdate().select('id');
}

/** `fields` with what `changes` names. */
export function withChanges<Fields extends object>(fields: Fields, changes: Changes<Fields> = {}): Fields {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...fields, ...(Object.fromEntries(named) as Partial<Fields>) };
}

function toRow({ id, name, features }: NewTenant): Record<string, string> {
  return { id, name, features: JSON.stringify(withChanges(defaultFeatures, features)) };
}

function fromRow(row: TenantRow): TenantRecord {
  return {
    id: row.id,
    name: row.name,
    features: row.features,
    limits: row.limits,
    created: row.created_at.toISOString(),
    updated: row.updated_at.toISOString(),
    revision: row.revision,
    user_count: Number(row.user_count),
  };
}
