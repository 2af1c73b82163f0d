import {
  createTenantScope,
  isUniqueViolation,
  parseSort,
  readPage,
  toJsonb,
  type DatabaseConnection,
  type PageResult,
} from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { RouteQuery, Run } from '@patchbay/api-contract';
import type { JsonValue } from '@patchbay/flow-model';
import type { Knex } from 'knex';
import type { RunState, RunView } from '@patchbay/flow-model/plan';
import { containsPattern } from '@patchbay/database';

/** A row of `runs`. */
export interface RunRow {
  id: string;
  tenant_id: string;
  flow_id: string;
  flow_version_id: string;
  flow_version: number | null;
  flow_name: string;
  plan_hash: string;
  workflow_id: string;
  state: RunState;
  is_test: boolean;
  only_step: string | null;
  trigger_kind: string;
  trigger_data: JsonValue;
  idempotency_key: string | null;
  request_hash: string | null;
  started_at: Date;
  ended_at: Date | null;
  error: Run['error'] | null;
  failed_step: string | null;
  output: JsonValue | null;
  reply: Run['reply'] | null;
  view: RunView | null;
}

/** A run about to start. */
export interface NewRun {
  readonly id: string;
  readonly tenantId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly versionId: string;
  readonly version: number | null;
  readonly planHash: string;
  readonly workflowId: string;
  readonly isTest: boolean;
  readonly onlyStep?: string;
  readonly triggerKind: string;
  readonly triggerData: JsonValue;
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
  /** Run whose step called this flow as a connector. */
  readonly parentRunId?: string;
  readonly startedAt: Date;
}

/** A row of the list of runs. */
export type RunListRow = Omit<RunRow, 'trigger_data' | 'output' | 'reply' | 'view'>;

const listColumns = [
  'id', 'tenant_id', 'flow_id', 'flow_version_id', 'flow_version', 'flow_name', 'plan_hash', 'workflow_id', 'state', 'is_test',
  'only_step', 'trigger_kind', 'started_at', 'ended_at', 'error', 'failed_step',
]; // prettier-ignore

const sortColumns = { started: 'started_at', ended: 'ended_at', flow: 'flow_name', state: 'state' };

/** Runs in PostgreSQL, as the server reads and starts them; what workers write is in `run-record-repository.ts`. */
export function createRunRepository(db: DatabaseConnection) {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<RunRow>('runs');
  return {
    /**
     * Stores a run that is about to start. A worker may have been faster; then its row stays.
     * Gives `false` if the idempotency key was used before.
     */
    async insert(run: NewRun): Promise<boolean> {
      try {
        await createTenantScope(db, run.tenantId).insert('runs', toRow(run)).onConflict('id').ignore();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, 'runs_idempotency_key')) return false;
        throw error;
      }
    },

    async findByKey(tenantId: string, flowId: string, key: string): Promise<RunRow | undefined> {
      return rows(tenantId).where({ flow_id: flowId, idempotency_key: key }).first<RunRow | undefined>();
    },

    /** @throws AppError `run_not_found`. */
    async get(tenantId: string, id: string): Promise<RunRow> {
      const row = await rows(tenantId).where({ id }).first<RunRow | undefined>();
      if (!row) throw new AppError('run_not_found');
      return row;
    },

    /** Step tests are left out: they are part of editing. */
    search: (tenantId: string, query: RouteQuery<'searchRuns'>) =>
      searchRuns(rows(tenantId).whereNull('only_step'), query),

    /** The newest succeeded run of a flow, for comparison with a failed one. */
    async lastGood(tenantId: string, flowId: string): Promise<string | undefined> {
      const row = await rows(tenantId)
        .where({ flow_id: flowId, state: 'succeeded' })
        .whereNull('only_step')
        .orderBy('started_at', 'desc')
        .first<{ id: string } | undefined>('id');
      return row?.id;
    },

    /**
     * Takes open runs whose next check is due, over all tenants, and moves their next check on: a quarter of their age,
     * at most 5 minutes. Several servers never take the same run.
     */
    async claimOpen(limit: number): Promise<RunRow[]> {
      const result = await db.raw<{ rows: RunRow[] }>(
        `update runs set next_check_at = now() + least(interval '5 minutes', greatest(interval '5 seconds', (now() - started_at) / 4))
          where id in (select id from runs where ended_at is null and next_check_at <= now()
                        order by next_check_at limit ? for update skip locked)
        returning *`,
        [limit],
      );
      return result.rows;
    },
  };
}

function searchRuns(
  rows: Knex.QueryBuilder<RunRow, RunRow[]>,
  query: RouteQuery<'searchRuns'>,
): Promise<PageResult<RunListRow>> {
  const found = rows.select(listColumns);
  if (query.flowId) void found.where('flow_id', query.flowId);
  if (query.state) void found.whereIn('state', query.state.split(','));
  if (query.triggerKind) void found.where('trigger_kind', query.triggerKind);
  if (query.isTest) void found.where('is_test', query.isTest === 'true');
  if (query.startedAfter) void found.where('started_at', '>=', query.startedAfter);
  if (query.startedBefore) void found.where('started_at', '<', query.startedBefore);
  if (query.query) {
    const pattern = containsPattern(query.query);
    void found.where((either) => {
      void either
        .whereILike('flow_name', pattern)
        .orWhere('id', query.query ?? '')
        .orWhereRaw(`error ->> 'message' ilike ?`, pattern);
    });
  }
  const order = parseSort(query.sort ?? '-started', sortColumns);
  return readPage(found, query, [...(order ? [order] : []), { column: 'id', order: 'desc' }]);
}

function toRow(run: NewRun) {
  return {
    id: run.id,
    flow_id: run.flowId,
    flow_version_id: run.versionId,
    flow_version: run.version,
    flow_name: run.flowName,
    plan_hash: run.planHash,
    workflow_id: run.workflowId,
    state: 'queued',
    is_test: run.isTest,
    only_step: run.onlyStep ?? null,
    trigger_kind: run.triggerKind,
    trigger_data: toJsonb(run.triggerData),
    idempotency_key: run.idempotency?.key ?? null,
    request_hash: run.idempotency?.requestHash ?? null,
    ...(run.parentRunId !== undefined && { parent_run_id: run.parentRunId }),
    started_at: run.startedAt,
  };
}
