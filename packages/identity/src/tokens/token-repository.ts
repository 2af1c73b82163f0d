import type { Role } from '@patchbay/api-contract';
import {
  createTenantScope,
  narrowToText,
  parseSort,
  readPage,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
} from '@patchbay/database';
import { authorityColumns, toAuthority, type Authority, type AuthorityRow } from '../authority.ts';

/** A token as it is stored: only the hash of its secret. */
export interface StoredToken {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: string;
  readonly role: Role;
  readonly isPlatformAdmin: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** API tokens of a tenant's users. */
export interface TokenRepository {
  insert(token: StoredToken): Promise<void>;
  /** Finds by the public prefix alone, since the token is all a request has; with what the user may do now. */
  findOpen(
    prefix: string,
    now: Date,
  ): Promise<{ readonly token: StoredToken; readonly authority: Authority } | undefined>;
  search(
    tenantId: string,
    userId: string,
    request: PageRequest & { readonly query?: string | undefined },
  ): Promise<PageResult<StoredToken>>;
  /** Answers what was deleted; undefined if the user has no such token. */
  delete(tenantId: string, userId: string, id: string): Promise<StoredToken | undefined>;
  touch(tenantId: string, id: string, now: Date): Promise<void>;
}

interface TokenRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly secret_hash: string;
  readonly role: Role;
  readonly is_platform_admin: boolean;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

const sortColumns = { name: 'name', created: 'created_at', expires: 'expires_at', lastUsed: 'last_used_at' };

export function createTokenRepository(db: DatabaseConnection): TokenRepository {
  return {
    async insert(token) {
      await createTenantScope(db, token.tenantId).insert('tokens', toRow(token));
    },
    async findOpen(prefix, now) {
      const row = await db('tokens')
        .join('users', 'users.id', 'tokens.user_id')
        .join('tenants', 'tenants.id', 'users.tenant_id')
        .where({ prefix })
        .where((open) => {
          void open.whereNull('expires_at').orWhere('expires_at', '>', now);
        })
        .first<(TokenRow & AuthorityRow) | undefined>('tokens.*', ...authorityColumns);
      return row === undefined ? undefined : { token: fromRow(row), authority: toAuthority(row) };
    },
    async search(tenantId, userId, request) {
      const rows = createTenantScope(db, tenantId).rows<TokenRow>('tokens').where({ user_id: userId });
      narrowToText(rows, request.query, ['name']);
      const sort = parseSort(request.sort, sortColumns) ?? { column: 'created_at', order: 'desc' };
      const page = await readPage<TokenRow>(rows, request, [sort, { column: 'id', order: 'asc' }]);
      return { total: page.total, items: page.items.map(fromRow) };
    },
    async delete(tenantId, userId, id) {
      const rows = createTenantScope(db, tenantId).rows<TokenRow>('tokens').where({ id, user_id: userId });
      const [row] = await rows.delete().returning<TokenRow[]>('*');
      return row && fromRow(row);
    },
    async touch(tenantId, id, now) {
      await createTenantScope(db, tenantId).rows('tokens').where({ id }).update({ last_used_at: now });
    },
  };
}

function toRow(token: StoredToken): Record<string, string | boolean | Date | null> {
  return {
    id: token.id,
    user_id: token.userId,
    name: token.name,
    prefix: token.prefix,
    secret_hash: token.secretHash,
    role: token.role,
    is_platform_admin: token.isPlatformAdmin,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
  };
}

function fromRow(row: TokenRow): StoredToken {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    userId: row.user_id,
    name: row.name,
    prefix: row.prefix,
    secretHash: row.secret_hash,
    role: row.role,
    isPlatformAdmin: row.is_platform_admin,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
