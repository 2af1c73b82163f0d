import { createTenantScope, type DatabaseConnection } from '@patchbay/database';

/** Numbers of connections of a tenant. */
export function createConnectionCountRepository(db: DatabaseConnection) {
  return {
    /** Enabled connections that no call can use before a person acts. */
    async toFix(tenantId: string): Promise<number> {
      const result = await db.raw<{ rows: { count: number }[] }>(
        `select count(*)::int as count from connections
          where tenant_id = ? and is_enabled and ("authorization" <> 'authorized' or health = 'offline')`,
        [tenantId],
      );
      return result.rows[0]?.count ?? 0;
    },
    /** Those to one connector. */
    async toConnector(tenantId: string, connectorSlug: string): Promise<number> {
      const scope = createTenantScope(db, tenantId).rows('connections').where({ connector_slug: connectorSlug });
      const [row] = (await scope.count()) as unknown as { count: string }[];
      return Number(row?.count ?? 0);
    },
  };
}
