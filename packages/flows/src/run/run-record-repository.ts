import type { DatabaseConnection } from '@patchbay/database';
import type { JsonValue } from '@patchbay/flow-model';
import type { RunState, RunView } from '@patchbay/flow-model/plan';
import { toStorableJson } from '../storage/storable-json.ts';

/** The run has another state; it is not closed. */
export interface RunStateChange {
  readonly tenantId: string;
  readonly runId: string;
  readonly state: Extract<RunState, 'queued' | 'running'>;
}

/** The run has ended. Carries enough to make the row if the server could not write it. */
export interface RunClose {
  readonly tenantId: string;
  readonly runId: string;
  readonly flowId: string;
  readonly planRef: { readonly flowVersionId: string; readonly planHash: string };
  readonly workflowId: string;
  readonly isTest: boolean;
  readonly triggerKind: string;
  readonly trigger: JsonValue;
  readonly view: RunView;
}

/** What workers write of runs: many rows of many tenants at once, each named by tenant and id. */
export function createRunRecordRepository(db: DatabaseConnection) {
  return {
    async change(changes: readonly RunStateChange[]): Promise<void> {
      if (changes.length === 0) return;
      const values = changes.map(() => '(?, ?, ?)').join(', ');
      await db.raw(
        `update runs set state = incoming.state
           from (values ${values}) as incoming (tenant_id, id, state)
          where runs.tenant_id = incoming.tenant_id and runs.id = incoming.id and runs.ended_at is null`,
        changes.flatMap((change) => [change.tenantId, change.runId, change.state]),
      );
    },
    /** Closes runs. A run that is closed stays as it is; one whose row is missing gets it. A trigger may carry null. */
    async close(closes: readonly RunClose[]): Promise<void> {
      if (closes.length === 0) return;
      await db.raw(closeStatement, [toStorableJson(closes.map(toRecord))]);
    },
  };
}

const closeStatement = `
  insert into runs (id, tenant_id, flow_id, flow_version_id, flow_version, flow_name, plan_hash, workflow_id, state, is_test,
                    trigger_kind, trigger_data, started_at, ended_at, error, failed_step, output, reply, view, is_counted)
  select r.id, r.tenant_id, r.flow_id, r.flow_version_id, v.number, v.document ->> 'name', r.plan_hash, r.workflow_id, r.state, r.is_test,
         r.trigger_kind, coalesce(r.trigger_data, 'null'), r.started_at, r.ended_at, r.error,
         coalesce(v.document #>> array['steps', r.failed_step, 'title'], r.failed_step), r.output, r.reply, r.view, false
    from jsonb_to_recordset(?::jsonb) as r (
           id text, tenant_id text, flow_id text, flow_version_id text, plan_hash text, workflow_id text, state text, is_test boolean,
           trigger_kind text, trigger_data jsonb, started_at timestamptz, ended_at timestamptz, error jsonb, failed_step text,
           output jsonb, reply jsonb, view jsonb)
    join flow_versions v on v.id = r.flow_version_id and v.tenant_id = r.tenant_id
  on conflict (id) do update
     set state = excluded.state, ended_at = excluded.ended_at, error = excluded.error, failed_step = excluded.failed_step,
         output = excluded.output, reply = excluded.reply, view = excluded.view,
         is_counted = runs.only_step is not null
   where runs.ended_at is null and runs.tenant_id = excluded.tenant_id`;

function toRecord(close: RunClose): Record<string, unknown> {
  const { view } = close;
  const endedAt = view.endedAt ?? Date.now();
  return {
    id: close.runId,
    tenant_id: close.tenantId,
    flow_id: close.flowId,
    flow_version_id: close.planRef.flowVersionId,
    plan_hash: close.planRef.planHash,
    workflow_id: close.workflowId,
    state: view.state,
    is_test: close.isTest,
    trigger_kind: close.triggerKind,
    trigger_data: close.trigger,
    started_at: new Date(view.startedAt ?? endedAt).toISOString(),
    ended_at: new Date(endedAt).toISOString(),
    error: view.error ?? null,
    failed_step: view.error === undefined ? null : lastKey(view.error.stepPath),
    output: view.output ?? null,
    reply: view.reply ?? null,
    view,
  };
}

/** Key of the step at the end of a path such as `lines[3].reserve`. */
function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
