import type { DatabaseConnection } from '@patchbay/database';

/** A step that uses a connection. */
export interface ConnectionUse {
  readonly flowId: string;
  readonly flowName: string;
  /** Key of the step. */
  readonly step: string;
}

/** A step that uses a connector directly. */
export interface ConnectorUse {
  readonly id: string;
  readonly name: string;
  readonly step: string;
  readonly version: string;
}

/** Which use of a connector is asked for. */
export interface ConnectorUseFilter {
  readonly slug: string;
  readonly version?: string | undefined;
  /** True: only what is deployed; drafts and branches do not count. */
  readonly isDeployed?: boolean | undefined;
}

/** Which flows use what; registry and vault ask for it, most of the time inside a transaction of their own. */
export interface FlowReferences {
  usesOfConnection(tenantId: string, connectionId: string, db?: DatabaseConnection): Promise<ConnectionUse[]>;
  /** The same for several; those without use are left out. */
  usesOfConnections(
    db: DatabaseConnection,
    tenantId: string,
    connectionIds: readonly string[],
  ): Promise<ReadonlyMap<string, ConnectionUse[]>>;
  /** Number of flows by slug of the connector. */
  countUsesOfConnectors(tenantId: string): Promise<Record<string, number>>;
  /** Steps that use a connector directly: of drafts, branches, live versions and deployed API versions. */
  usesOfConnector(db: DatabaseConnection, tenantId: string, use: ConnectorUseFilter): Promise<ConnectorUse[]>;
  /** Number of flows of all other tenants that do. */
  countUsesElsewhere(db: DatabaseConnection, tenantId: string, use: ConnectorUseFilter): Promise<number>;
}

/**
 * Every step of a flow `f`: of its draft and of its other branches, unless only what is deployed counts; of its live version and of what is
 * deployed as its API versions. The row of the current branch is left out: its draft stands in the flow.
 */
const steps = `flows f
 cross join lateral (
   select f.document where not :isDeployed
   union all select b.document from flow_branches b
    where b.tenant_id = f.tenant_id and b.flow_id = f.id and b.name <> f.branch and not :isDeployed
   union all select v.document from flow_versions v where v.id = f.live_version_id
   union all select v.document from flow_api_versions a join flow_versions v on v.id = a.flow_version_id
    where a.tenant_id = f.tenant_id and a.flow_id = f.id) as d (document)
 cross join lateral jsonb_each(d.document -> 'steps') as s`;

const usesConnector = `s.value ->> 'connector' = :slug and (:version::text is null or s.value ->> 'version' = :version)`;

/** Reads references from all that flows are and run. */
export function createFlowReferences(db: DatabaseConnection): FlowReferences {
  return {
    async usesOfConnection(tenantId, connectionId, connection = db) {
      return (await readUses(connection, tenantId, [connectionId])).get(connectionId) ?? [];
    },
    usesOfConnections: readUses,
    async countUsesOfConnectors(tenantId) {
      const { rows } = await db.raw<{ rows: { slug: string; count: number }[] }>(
        'select unnest(connectors) as slug, count(*)::int as count from flows where tenant_id = ? group by 1',
        [tenantId],
      );
      return Object.fromEntries(rows.map((row) => [row.slug, row.count]));
    },
    async usesOfConnector(connection, tenantId, use) {
      const { rows } = await connection.raw<{ rows: ConnectorUse[] }>(
        `select distinct f.id, f.name, s.key as step, s.value ->> 'version' as version from ${steps}
          where f.tenant_id = :tenantId and ${usesConnector} order by f.name, s.key`,
        { tenantId, ...bindingsOf(use) },
      );
      return rows;
    },
    async countUsesElsewhere(connection, tenantId, use) {
      const { rows } = await connection.raw<{ rows: { count: number }[] }>(
        `select count(distinct f.id)::int as count from ${steps} where f.tenant_id <> :tenantId and ${usesConnector}`,
        { tenantId, ...bindingsOf(use) },
      );
      return rows[0]?.count ?? 0;
    },
  };
}

function bindingsOf({ slug, version, isDeployed }: ConnectorUseFilter): Record<string, string | boolean | null> {
  return { slug, version: version ?? null, isDeployed: isDeployed ?? false };
}

async function readUses(
  db: DatabaseConnection,
  tenantId: string,
  connectionIds: readonly string[],
): Promise<ReadonlyMap<string, ConnectionUse[]>> {
  if (connectionIds.length === 0) return new Map();
  const { rows } = await db.raw<{ rows: (ConnectionUse & { readonly connectionId: string })[] }>(
    `select distinct s.value ->> 'connectionId' as "connectionId", f.id as "flowId", f.name as "flowName", s.key as step
       from ${steps}
      where f.tenant_id = :tenantId and s.value ->> 'connectionId' = any(:connectionIds) order by f.name, s.key`,
    { tenantId, connectionIds: [...connectionIds], isDeployed: false },
  );
  const plain = rows.map(({ connectionId, ...use }) => ({ connectionId, use }));
  const grouped = Map.groupBy(plain, (row) => row.connectionId);
  return new Map([...grouped].map(([id, uses]) => [id, uses.map(({ use }) => use)]));
}
