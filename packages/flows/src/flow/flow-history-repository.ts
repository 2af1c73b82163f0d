import type { DatabaseConnection } from '@patchbay/database';

/** One day of a flow. */
export interface FlowDay {
  readonly flowId: string;
  readonly day: string;
  readonly succeeded: number;
  readonly failed: number;
}

/** The newest run of a flow. */
export interface LastRun {
  readonly flowId: string;
  readonly id: string;
  readonly state: string;
  readonly started: Date;
}

/** What the list of flows shows of their runs. Test runs of the draft do not count. */
export function createFlowHistoryRepository(db: DatabaseConnection) {
  return {
    /** Runs per day (UTC) of each flow since `from`. */
    async daysOfFlows(tenantId: string, flowIds: readonly string[], from: Date): Promise<FlowDay[]> {
      const result = await db.raw<{ rows: FlowDay[] }>(
        `select flow_id as "flowId", to_char(started_at at time zone 'UTC', 'YYYY-MM-DD') as day,
                count(*) filter (where state = 'succeeded')::int as succeeded, count(*) filter (where state = 'failed')::int as failed
           from runs where tenant_id = ? and flow_id = any(?) and started_at >= ? and not is_test group by 1, 2`,
        [tenantId, [...flowIds], from],
      );
      return result.rows;
    },

    async lastRuns(tenantId: string, flowIds: readonly string[]): Promise<LastRun[]> {
      const result = await db.raw<{ rows: LastRun[] }>(
        `select f.id as "flowId", r.id, r.state, r.started_at as started from unnest(?::text[]) as f (id)
          cross join lateral (select id, state, started_at from runs
            where tenant_id = ? and flow_id = f.id and only_step is null order by started_at desc limit 1) as r`,
        [[...flowIds], tenantId],
      );
      return result.rows;
    },
  };
}
