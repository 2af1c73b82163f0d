import type { Connection } from '@patchbay/api-contract';
import {
  createTenantScope,
  narrowToText,
  onUniqueViolation,
  parseSort,
  readPage,
  toJsonb,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
  type RowValues,
} from '@patchbay/database';
import { AppError } from '@patchbay/errors';

import { toTokenRow } from '../oauth/token-row.ts';

/** A connection as it is stored: credentials sealed by field. */
export interface StoredConnection {
  readonly id: string;
  readonly name: string;
  readonly connectorSlug: string;
  readonly authType: string;
  readonly sealed: Readonly<Record<string, string>>;
  readonly isEnabled: boolean;
  readonly authorization: Connection['authorization'];
  readonly health: Connection['health'];
  readonly healthMessage: string | null;
  readonly healthCheckedAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** Version of the connector it was made with; null: made before versions were noted. */
  readonly connectorVersion: string | null;
  readonly accountName: string | null;
  readonly lastAuthorizedAt: Date | null;
  /** Scopes to ask for; null: all of the connector. */
  readonly oauthScopes: readonly string[] | null;
  readonly grantedScopes: readonly string[] | null;
  /** Sealed, like the refresh token. */
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly expiresAt: Date | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What makes a connection. */
export type NewConnection = Pick<
  StoredConnection,
  | 'id'
  | 'name'
  | 'connectorSlug'
  | 'connectorVersion'
  | 'authType'
  | 'sealed'
  | 'authorization'
  | 'accountName'
  | 'oauthScopes'
> & { readonly createdBy: string; readonly createdAt: Date };

/** What may change. Absent fields stay. */
export interface ConnectionChange {
  readonly name?: string | undefined;
  readonly isEnabled?: boolean | undefined;
  readonly sealed?: Readonly<Record<string, string>> | undefined;
  /** Comes with new credentials: tokens that were got with the old ones are dropped. */
  readonly authorization?: Connection['authorization'] | undefined;
  /** The change is made only if this is still the revision. */
  readonly baseRevision: number;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** Filter of the list. */
export interface ConnectionSearch extends PageRequest {
  readonly query?: string | undefined;
  readonly connector?: string | undefined;
}

/** Connections of a tenant. */
export interface ConnectionRepository {
  /** Throws `already_exists` if the name is taken in the tenant. */
  insert(tenantId: string, connection: NewConnection): Promise<void>;
  find(tenantId: string, id: string): Promise<StoredConnection | undefined>;
  search(tenantId: string, search: ConnectionSearch): Promise<PageResult<StoredConnection>>;
  /** Answers the new revision, undefined if the base is outdated. New credentials make the health unknown. Throws `already_exists`. */
  update(tenantId: string, id: string, change: ConnectionChange): Promise<number | undefined>;
  /** Keeps it as it is until the transaction ends. Throws `connection_not_found`. */
  lock(tenantId: string, id: string): Promise<void>;
  /** Keeps these from being changed or deleted until the transaction ends, locked in the order of their ids. */
  share(tenantId: string, ids: readonly string[]): Promise<void>;
  delete(tenantId: string, id: string): Promise<void>;
  /** Health is an observation, not an edit: the revision stays. */
  setHealth(
    tenantId: string,
    id: string,
    health: { state: Connection['health']; message: string; at: Date },
  ): Promise<void>;
  touch(tenantId: string, id: string, now: Date): Promise<void>;
}

interface ConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly connector_slug: string;
  readonly auth_type: string;
  readonly credentials: Record<string, string>;
  readonly is_enabled: boolean;
  readonly authorization: Connection['authorization'];
  readonly health: Connection['health'];
  readonly health_message: string | null;
  readonly health_checked_at: Date | null;
  readonly last_used_at: Date | null;
  readonly connector_version: string | null;
  readonly account_name: string | null;
  readonly last_authorized_at: Date | null;
  readonly oauth_scopes: string[] | null;
  readonly oauth_granted_scopes: string[] | null;
  readonly oauth_access_token: string | null;
  readonly oauth_refresh_token: string | null;
  readonly oauth_expires_at: Date | null;
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const sortColumns = {
  name: 'name',
  connector: 'connector_slug',
  health: 'health',
  created: 'created_at',
  updated: 'updated_at',
  lastUsed: 'last_used_at',
};

const nameTaken = { message: 'There is a connection of this name already.' };

export function createConnectionRepository(db: DatabaseConnection): ConnectionRepository {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<ConnectionRow>('connections');
  return {
    async insert(tenantId, connection) {
      await onUniqueViolation(
        createTenantScope(db, tenantId).insert('connections', toNewRow(connection)),
        'already_exists',
        nameTaken,
      );
    },
    find: async (tenantId, id) => fromRow(await rows(tenantId).where({ id }).first()),
    async search(tenantId, search) {
      const matching = rows(tenantId);
      if (search.connector !== undefined && search.connector !== '') {
        void matching.where({ connector_slug: search.connector });
      }
      narrowToText(matching, search.query, ['name', 'connector_slug']);
      const sort = parseSort(search.sort, sortColumns) ?? { column: 'name', order: 'asc' };
      const page = await readPage<ConnectionRow>(matching, search, [sort, { column: 'id', order: 'asc' }]);
      return { total: page.total, items: page.items.map(toConnection) };
    },
    async update(tenantId, id, change) {
      const update = rows(tenantId)
        .where({ id, revision: change.baseRevision })
        .update({ ...toChangedRow(change), revision: db.raw('revision + 1') }, ['revision']);
      const [row] = (await onUniqueViolation(update, 'already_exists', nameTaken)) as { revision: number }[];
      return row?.revision;
    },
    async lock(tenantId, id) {
      const row = await rows(tenantId).where({ id }).forUpdate().first('id');
      if (row === undefined) throw new AppError('connection_not_found');
    },
    async share(tenantId, ids) {
      if (ids.length > 0) await rows(tenantId).whereIn('id', ids).orderBy('id').forShare().select('id');
    },
    async delete(tenantId, id) {
      await rows(tenantId).where({ id }).delete();
    },
    async setHealth(tenantId, id, health) {
      await rows(tenantId)
        .where({ id })
        .update({ health: health.state, health_message: health.message, health_checked_at: health.at });
    },
    async touch(tenantId, id, now) {
      await rows(tenantId).where({ id }).update({ last_used_at: now });
    },
  };
}

/** A connection of the tenant. Throws `connection_not_found`. */
export async function findConnection(db: DatabaseConnection, tenantId: string, id: string): Promise<StoredConnection> {
  const stored = await createConnectionRepository(db).find(tenantId, id);
  if (stored === undefined) throw new AppError('connection_not_found');
  return stored;
}

function toNewRow(connection: NewConnection): RowValues {
  return {
    id: connection.id,
    name: connection.name,
    connector_slug: connection.connectorSlug,
    auth_type: connection.authType,
    credentials: toJsonb(connection.sealed),
    authorization: connection.authorization,
    connector_version: connection.connectorVersion,
    account_name: connection.accountName,
    oauth_scopes: connection.oauthScopes === null ? null : [...connection.oauthScopes],
    last_authorized_at: connection.authorization === 'authorized' ? connection.createdAt : null,
    created_by: connection.createdBy,
    updated_by: connection.createdBy,
  };
}

function toChangedRow(change: ConnectionChange): RowValues {
  return {
    updated_by: change.updatedBy,
    updated_at: change.updatedAt,
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.isEnabled === undefined ? {} : { is_enabled: change.isEnabled }),
    ...(change.sealed === undefined ? {} : { credentials: toJsonb(change.sealed), ...forgottenHealth }),
    ...(change.authorization === undefined ? {} : toAuthorization(change.authorization, change.updatedAt)),
  };
}

/** With other credentials nothing that was found holds any more. */
export const forgottenHealth = { health: 'unchecked', health_message: null, health_checked_at: null };

function toAuthorization(authorization: Connection['authorization'], at: Date): RowValues {
  const isNow = authorization === 'authorized' ? { last_authorized_at: at } : {};
  return { authorization, ...toTokenRow(null), ...isNow };
}

function fromRow(row: ConnectionRow | undefined): StoredConnection | undefined {
  return row === undefined ? undefined : toConnection(row);
}

function toConnection(row: ConnectionRow): StoredConnection {
  return {
    id: row.id,
    name: row.name,
    connectorSlug: row.connector_slug,
    authType: row.auth_type,
    sealed: row.credentials,
    isEnabled: row.is_enabled,
    authorization: row.authorization,
    health: row.health,
    healthMessage: row.health_message,
    healthCheckedAt: row.health_checked_at,
    lastUsedAt: row.last_used_at,
    connectorVersion: row.connector_version,
    accountName: row.account_name,
    lastAuthorizedAt: row.last_authorized_at,
    oauthScopes: row.oauth_scopes,
    grantedScopes: row.oauth_granted_scopes,
    accessToken: row.oauth_access_token,
    refreshToken: row.oauth_refresh_token,
    expiresAt: row.oauth_expires_at,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
