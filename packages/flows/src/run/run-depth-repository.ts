import type { DatabaseConnection } from '@patchbay/database';

/** How many flows called each other down to this run, it included; counts to `most`. Crosses tenants: connectors do. */
export async function depthOfRun(db: DatabaseConnection, runId: string, most: number): Promise<number> {
  const { rows } = await db.raw<{ rows: { depth: number }[] }>(
    `with recursive chain as (
       select parent_run_id, 1 as depth from runs where id = ?
       union all select r.parent_run_id, chain.depth + 1 from runs r join chain on r.id = chain.parent_run_id where chain.depth < ?)
     select coalesce(max(depth), 1)::int as depth from chain`,
    [runId, most],
  );
  return rows[0]?.depth ?? 1;
}
