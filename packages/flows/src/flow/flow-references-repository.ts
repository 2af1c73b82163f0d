import type { DatabaseConnection } from '@patchbay/database';

/** A step that uses a connection. */
export interface ConnectionUse {
  readonly flowId: string;
  readonly flowName: string;
  /** Key of the step. */
  readonly step: string;
}

/** Which flows use what; registry and vault ask for it. */
export interface FlowReferences {
  usesOfConnection(tenantId: string, connectionId: string): Promise<ConnectionUse[]>;
  /** Number of flows by slug of the connector. */
  countUsesOfConnectors(tenantId: string): Promise<Record<string, number>>;
}

/** Reads references from the drafts and the live versions of flows. */
export function createFlowReferences(db: DatabaseConnection): FlowReferences {
  return {
    async usesOfConnection(tenantId, connectionId) {
      const result = await db.raw<{ rows: ConnectionUse[] }>(
        `select distinct f.id as "flowId", f.name as "flowName", s.key as step
           from flows f
           left join flow_versions v on v.id = f.live_version_id
          cross join lateral (
            select key, value from jsonb_each(f.document -> 'steps')
            union all select key, value from jsonb_each(v.document -> 'steps')) as s
          where f.tenant_id = ? and s.value ->> 'connectionId' = ?
          order by f.name, s.key`,
        [tenantId, connectionId],
      );
      return result.rows;
    },
    async countUsesOfConnectors(tenantId) {
      const { rows } = await db.raw<{ rows: { slug: string; count: number }[] }>(
        'select unnest(connectors) as slug, count(*)::int as count from flows where tenant_id = ? group by 1',
        [tenantId],
      );
      return Object.fromEntries(rows.map((row) => [row.slug, row.count]));
    },
  };
}
