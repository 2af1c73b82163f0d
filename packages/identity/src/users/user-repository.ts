import type { Role, User } from '@patchbay/api-contract';
import {
  narrowToText,
  createTenantScope,
  onUniqueViolation,
  parseSort,
  readPage,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
} from '@patchbay/database';

/** A user with what only this module may see. */
export interface StoredUser {
  readonly tenantId: string;
  readonly passwordHash: string | null;
  readonly user: User;
}

/** What makes a user. */
export interface NewUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly isPlatformAdmin: boolean;
}

interface UserRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly is_platform_admin: boolean;
  readonly password_hash: string | null;
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Users of a tenant. */
export interface UserRepository {
  /** Throws `already_exists` if the e-mail is taken anywhere in the installation. */
  insert(tenantId: string, user: NewUser): Promise<void>;
  /** Nothing happens if the e-mail is taken. */
  insertIfAbsent(tenantId: string, user: NewUser): Promise<void>;
  find(tenantId: string, id: string): Promise<StoredUser | undefined>;
  /** The one method without a tenant: sign-in finds the tenant by the e-mail. */
  findByEmail(email: string): Promise<StoredUser | undefined>;
  search(tenantId: string, request: PageRequest & { readonly query?: string | undefined }): Promise<PageResult<User>>;
  /** Answers the new revision. */
  update(tenantId: string, id: string, change: Omit<NewUser, 'id' | 'email'> & { readonly at: Date }): Promise<number>;
  /** Answers the new revision. */
  setPasswordHash(tenantId: string, id: string, change: { hash: string; at: Date }): Promise<number>;
}

const sortColumns = { name: 'name', email: 'email', role: 'role', created: 'created_at', updated: 'updated_at' };

export function createUserRepository(db: DatabaseConnection): UserRepository {
  return {
    async insert(tenantId, user) {
      await onUniqueViolation(createTenantScope(db, tenantId).insert('users', toRow(user)), 'already_exists', {
        message: 'There is a user with this e-mail already.',
      });
    },
    async insertIfAbsent(tenantId, user) {
      await createTenantScope(db, tenantId).insert('users', toRow(user)).onConflict(db.raw('(lower(email))')).ignore();
    },
    async find(tenantId, id) {
      return fromRow(await createTenantScope(db, tenantId).rows<UserRow>('users').where({ id }).first());
    },
    async findByEmail(email) {
      return fromRow((await db('users').whereRaw('lower(email) = lower(?)', [email]).first()) as UserRow | undefined);
    },
    async search(tenantId, request) {
      const rows = createTenantScope(db, tenantId).rows<UserRow>('users');
      narrowToText(rows, request.query, ['name', 'email']);
      const sort = parseSort(request.sort, sortColumns) ?? { column: 'name', order: 'asc' };
      const page = await readPage<UserRow>(rows, request, [sort, { column: 'id', order: 'asc' }]);
      return { total: page.total, items: page.items.map(toUser) };
    },
    async update(tenantId, id, { name, role, isPlatformAdmin, at }) {
      const [row] = await createTenantScope(db, tenantId)
        .rows<UserRow>('users')
        .where({ id })
        .update({
          name,
          role,
          is_platform_admin: isPlatformAdmin,
          updated_at: at,
          revision: db.raw<number>('revision + 1'),
        })
        .returning<Pick<UserRow, 'revision'>[]>('revision');
      return row?.revision ?? 0;
    },
    async setPasswordHash(tenantId, id, { hash, at }) {
      const [row] = await createTenantScope(db, tenantId)
        .rows<UserRow>('users')
        .where({ id })
        .update({ password_hash: hash, updated_at: at, revision: db.raw<number>('revision + 1') })
        .returning<Pick<UserRow, 'revision'>[]>('revision');
      return row?.revision ?? 0;
    },
  };
}

function toRow({ isPlatformAdmin, ...user }: NewUser): Record<string, string | boolean> {
  return { ...user, is_platform_admin: isPlatformAdmin };
}

function fromRow(row: UserRow | undefined): StoredUser | undefined {
  if (row === undefined) return undefined;
  return { tenantId: row.tenant_id, passwordHash: row.password_hash, user: toUser(row) };
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    created: row.created_at.toISOString(),
    updated: row.updated_at.toISOString(),
    revision: row.revision,
    email: row.email,
    name: row.name,
    role: row.role,
    platformAdmin: row.is_platform_admin,
    hasPassword: row.password_hash !== null,
  };
}
