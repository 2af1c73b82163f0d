import type { DatabaseConnection } from '@patchbay/database';
import type { Knex } from 'knex';

/** Connectors that a tenant may see: its own, and those of the catalogue past the draft. The one place that says so. */
export function visibleConnectors(db: DatabaseConnection, tenantId: string): Knex.QueryBuilder {
  return db('connectors').where((either) => {
    void either.where({ 'connectors.tenant_id': tenantId }).orWhere((shared) => {
      void shared.where({ 'connectors.visibility': 'catalogue' }).whereNot({ 'connectors.stage': 'draft' });
    });
  }) as Knex.QueryBuilder;
}
