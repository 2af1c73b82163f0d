import type { RouteResponse } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';

/** Figures about runs of a tenant over a period. */
export type RunStatistics = Omit<RouteResponse<'getRunStats'>, 'liveFlows' | 'connectionsToFix'>;

/** Which runs count. */
export interface StatisticsRange {
  readonly from: Date;
  readonly to: Date;
  readonly buckets: number;
  readonly flowId?: string | undefined;
}

interface BucketRow {
  readonly bucket: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
}

const mostFailingFlows = 10;

/** Counts over runs. Test runs of the draft count nowhere. */
export function createRunStatisticsRepository(db: DatabaseConnection) {
  return {
    async statistics(tenantId: string, range: StatisticsRange): Promise<RunStatistics> {
      const [running, buckets, failingFlows] = await Promise.all([
        countRunning(db, tenantId, range.flowId),
        countBuckets(db, tenantId, range),
        listFailingFlows(db, tenantId, range),
      ]);
      return { running, buckets, failingFlows };
    },
  };
}

async function countRunning(db: DatabaseConnection, tenantId: string, flowId: string | undefined): Promise<number> {
  const { rows } = await db.raw<{ rows: { count: number }[] }>(
    `select count(*)::int as count from runs
      where tenant_id = ? and ended_at is null and not is_test and (?::text is null or flow_id = ?)`,
    [tenantId, flowId ?? null, flowId ?? null],
  );
  return rows[0]?.count ?? 0;
}

async function countBuckets(
  db: DatabaseConnection,
  tenantId: string,
  range: StatisticsRange,
): Promise<RunStatistics['buckets']> {
  const stepMs = Math.max(1, (range.to.getTime() - range.from.getTime()) / range.buckets);
  const result = await db.raw<{ rows: BucketRow[] }>(
    `select floor(extract(epoch from started_at - ?::timestamptz) * 1000 / ?)::int as bucket,
            count(*) filter (where state = 'succeeded')::int as succeeded, count(*) filter (where state = 'failed')::int as failed,
            count(*) filter (where state = 'cancelled')::int as cancelled
       from runs where tenant_id = ? and started_at >= ? and started_at < ? and not is_test and (?::text is null or flow_id = ?)
      group by 1`,
    [range.from, stepMs, tenantId, range.from, range.to, range.flowId ?? null, range.flowId ?? null],
  );
  const byNumber = new Map(result.rows.map((row) => [row.bucket, row]));
  return Array.from({ length: range.buckets }, (_, index) => ({
    from: new Date(range.from.getTime() + index * stepMs).toISOString(),
    succeeded: byNumber.get(index)?.succeeded ?? 0,
    failed: byNumber.get(index)?.failed ?? 0,
    cancelled: byNumber.get(index)?.cancelled ?? 0,
  }));
}

async function listFailingFlows(
  db: DatabaseConnection,
  tenantId: string,
  range: StatisticsRange,
): Promise<RunStatistics['failingFlows']> {
  const result = await db.raw<{ rows: RunStatistics['failingFlows'] }>(
    `select flow_id as "flowId", (array_agg(flow_name order by started_at desc))[1] as "flowName", count(*)::int as failed,
            (array_agg(id order by started_at desc))[1] as "lastRunId",
            coalesce((array_agg(error ->> 'message' order by started_at desc))[1], '') as message
       from runs where tenant_id = ? and state = 'failed' and started_at >= ? and started_at < ? and not is_test
                   and (?::text is null or flow_id = ?)
      group by flow_id order by max(started_at) desc limit ?`,
    [tenantId, range.from, range.to, range.flowId ?? null, range.flowId ?? null, mostFailingFlows],
  );
  return result.rows;
}
