import type { Knex } from 'knex';
import type { DatabaseConnection } from './database.ts';

/** A column value as it goes into a statement. */
export type ColumnValue = string | number | boolean | Date | Buffer | null | readonly string[] | Knex.Raw;
/** Columns of one row, without the tenant. */
export type RowValues = Readonly<Record<string, ColumnValue | undefined>>;

/** The rows of one tenant: the only way by which a repository reaches a table with tenant data. */
export interface TenantScope {
  readonly tenantId: string;
  /** Query over the rows of this tenant; read, update and delete start here. */
  rows<Row extends object>(table: string): Knex.QueryBuilder<Row, Row[]>;
  /** Insert of one or more rows of this tenant. */
  insert(table: string, values: RowValues | readonly RowValues[]): Knex.QueryBuilder;
}

/** Binds a connection or transaction to one tenant. */
export function createTenantScope(db: DatabaseConnection, tenantId: string): TenantScope {
  if (typeof tenantId !== 'string' || tenantId === '') throw new Error('A tenant scope without a tenant cannot happen');
  return {
    tenantId,
    rows: (table) => db(table).where({ [`${table}.tenant_id`]: tenantId }) as Knex.QueryBuilder,
    insert: (table, values) => {
      const list = Array.isArray(values) ? (values as readonly RowValues[]) : [values as RowValues];
      return db(table).insert(list.map((row) => ({ ...row, tenant_id: tenantId })));
    },
  };
}
