import type { DatabaseConnection } from '@patchbay/database';

/** How a run ended, in the words of Temporal. */
export type RunOutcome = 'completed' | 'failed' | 'cancelled' | 'terminated';

/** What metrics say about a run that has ended; nothing of it names a tenant, a flow or a connector. */
export interface ClosedRunNumbers {
  readonly outcome: RunOutcome;
  readonly durationMs: number;
  readonly steps: readonly ClosedStepNumbers[];
}

/** One step of such a run that began and ended. */
export interface ClosedStepNumbers {
  /** `operation`, `branch` and so on; `unknown` if the version of the flow is gone. */
  readonly kind: string;
  readonly state: string;
  readonly durationMs: number;
}

/**
 * Takes up to `limit` closed runs of all tenants that no server has counted yet: each run goes to exactly one caller, however
 * many servers ask and whichever process closed it. Tests of single steps are left out.
 */
export async function takeClosedRuns(db: DatabaseConnection, limit: number): Promise<ClosedRunNumbers[]> {
  const { rows } = await db.raw<{ rows: ClosedRunNumbers[] }>(statement, [limit]);
  return rows;
}

const statement = `
  with closed as (
    update runs set is_counted = true
     where id in (select id from runs where not is_counted order by ended_at limit ? for update skip locked)
    returning tenant_id, flow_version_id, state, error, started_at, ended_at, view)
  select case when closed.state = 'succeeded' then 'completed'
              when closed.state = 'failed' then 'failed'
              when closed.error ->> 'code' = 'run_terminated' then 'terminated'
              else 'cancelled' end as outcome,
         greatest(0, extract(epoch from closed.ended_at - closed.started_at) * 1000)::float8 as "durationMs",
         coalesce((
           select jsonb_agg(jsonb_build_object(
                    'kind', coalesce(v.document #>> array['steps', step ->> 'key', 'kind'], 'unknown'),
                    'state', step ->> 'state',
                    'durationMs', greatest(0, (step ->> 'endedAt')::float8 - (step ->> 'startedAt')::float8)))
             from jsonb_array_elements(closed.view -> 'steps') as step
            where step -> 'startedAt' is not null and step -> 'endedAt' is not null), '[]') as steps
    from closed
    left join flow_versions v on v.id = closed.flow_version_id and v.tenant_id = closed.tenant_id`;
