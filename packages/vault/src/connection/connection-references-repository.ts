import type { References } from '@patchbay/api-contract';
import type { DatabaseConnection, Transaction } from '@patchbay/database';

type ConnectionReference = References['connections'][number];

/** Which connections of a connector are asked for. */
export interface ConnectionFilter {
  readonly slug: string;
  /** Only those made with this version. */
  readonly version?: string | undefined;
  readonly isEnabled?: boolean | undefined;
}

/** Knows the places that use connections; the flows module provides it. */
export interface ConnectionPlaces {
  usesOfConnections(
    db: DatabaseConnection,
    tenantId: string,
    connectionIds: readonly string[],
  ): Promise<
    ReadonlyMap<string, readonly { readonly flowId: string; readonly flowName: string; readonly step: string }[]>
  >;
}

/** Connections as the registry asks for them: by connector, in its own transaction. */
export interface ConnectionReferences {
  /** Connections of the tenant to the connector, with the places that use them; by name. */
  listOf(db: DatabaseConnection, tenantId: string, slug: string): Promise<ConnectionReference[]>;
  /** The same, narrowed. */
  listUsing(db: DatabaseConnection, tenantId: string, filter: ConnectionFilter): Promise<ConnectionReference[]>;
  countElsewhere(db: DatabaseConnection, tenantId: string, slug: string): Promise<{ all: number; enabled: number }>;
  countElsewhereUsing(db: DatabaseConnection, tenantId: string, filter: ConnectionFilter): Promise<number>;
  /** Number of connections by slug of the connector. */
  countByConnector(db: DatabaseConnection, tenantId: string): Promise<Record<string, number>>;
  /** Switches all connections of the tenant to the connector off; gives how many were on. */
  disableAll(trx: Transaction, tenantId: string, slug: string): Promise<number>;
  /** K3: authorized connections become `reauth_required`, in all tenants or in the one given; gives how many. */
  requireReauthorization(trx: Transaction, tenantId: string | undefined, slug: string): Promise<number>;
}

interface ConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly is_enabled: boolean;
  readonly authorization: string;
  readonly revision: number;
}

/** The connections that a filter leaves. */
const matching = `connector_slug = :slug and (:version::text is null or connector_version = :version)
  and (:isEnabled::boolean is null or is_enabled = :isEnabled)`;

/** A change that an open form notices. */
const touched = 'revision = revision + 1, updated_at = now()';

export function createConnectionReferences(places: ConnectionPlaces): ConnectionReferences {
  const listUsing: ConnectionReferences['listUsing'] = async (db, tenantId, filter) => {
    const { rows } = await db.raw<{ rows: ConnectionRow[] }>(
      `select id, name, is_enabled, "authorization", revision from connections
        where tenant_id = :tenantId and ${matching} order by name, id`,
      { tenantId, ...bindingsOf(filter) },
    );
    const ids = rows.map((row) => row.id);
    const uses = await places.usesOfConnections(db, tenantId, ids);
    return rows.map((row) => toReference(row, uses.get(row.id) ?? []));
  };
  return {
    listUsing,
    listOf: (db, tenantId, slug) => listUsing(db, tenantId, { slug }),
    countElsewhereUsing: countElsewhere,
    countElsewhere: async (db, tenantId, slug) => ({
      all: await countElsewhere(db, tenantId, { slug }),
      enabled: await countElsewhere(db, tenantId, { slug, isEnabled: true }),
    }),
    countByConnector,
    async disableAll(trx, tenantId, slug) {
      const { rowCount } = await trx.raw<{ rowCount: number }>(
        `update connections set is_enabled = false, ${touched}
          where tenant_id = :tenantId and connector_slug = :slug and is_enabled`,
        { tenantId, slug },
      );
      return rowCount;
    },
    async requireReauthorization(trx, tenantId, slug) {
      const { rowCount } = await trx.raw<{ rowCount: number }>(
        `update connections set "authorization" = 'reauth_required', ${touched}
          where connector_slug = :slug and "authorization" = 'authorized' and (:tenantId::text is null or tenant_id = :tenantId)`,
        { tenantId: tenantId ?? null, slug },
      );
      return rowCount;
    },
  };
}

function bindingsOf({ slug, version, isEnabled }: ConnectionFilter): Record<string, string | boolean | null> {
  return { slug, version: version ?? null, isEnabled: isEnabled ?? null };
}

async function countElsewhere(db: DatabaseConnection, tenantId: string, filter: ConnectionFilter): Promise<number> {
  const { rows } = await db.raw<{ rows: { count: number }[] }>(
    `select count(*)::int as count from connections where tenant_id <> :tenantId and ${matching}`,
    { tenantId, ...bindingsOf(filter) },
  );
  return rows[0]?.count ?? 0;
}

async function countByConnector(db: DatabaseConnection, tenantId: string): Promise<Record<string, number>> {
  const { rows } = await db.raw<{ rows: { slug: string; count: number }[] }>(
    'select connector_slug as slug, count(*)::int as count from connections where tenant_id = ? group by 1',
    [tenantId],
  );
  return Object.fromEntries(rows.map((row) => [row.slug, row.count]));
}

function toReference(
  row: ConnectionRow,
  uses: readonly { readonly flowId: string; readonly flowName: string; readonly step: string }[],
): ConnectionReference {
  return {
    id: row.id,
    name: row.name,
    enabled: row.is_enabled,
    authorization: row.authorization,
    revision: row.revision,
    places: uses.map((use) => ({ flow_id: use.flowId, flow_name: use.flowName, step: use.step })),
  };
}
