import type { Flow, FlowSummary } from '@patchbay/api-contract';
import type { FlowDeps } from './flow-deps.ts';
import { createFlowHistoryRepository, type FlowDay, type LastRun } from './flow-history-repository.ts';
import { stateOf, type FlowListRow, type FlowRow } from './flow-repository.ts';
import { readWebhook } from '../webhook/webhook-directory.ts';

const historyDays = 14;
const dayMs = 24 * 60 * 60 * 1000;

/** Rows of a list as people see them, with their last run and 14 days of history. */
export async function describeFlows(
  deps: FlowDeps,
  tenantId: string,
  flows: readonly FlowListRow[],
): Promise<FlowSummary[]> {
  const ids = flows.map((flow) => flow.id);
  const days = lastDays(deps.now());
  const history = createFlowHistoryRepository(deps.db.connection);
  const from = new Date(`${days[0] ?? ''}T00:00:00Z`);
  const [counts, lastRuns] =
    ids.length === 0
      ? [[], []]
      : await Promise.all([history.daysOfFlows(tenantId, ids, from), history.lastRuns(tenantId, ids)]);
  const countByDay = new Map(counts.map((count) => [`${count.flowId} ${count.day}`, count]));
  const lastByFlow = new Map(lastRuns.map((run) => [run.flowId, run]));
  return flows.map((flow) => summarise(flow, { days, countByDay, lastRun: lastByFlow.get(flow.id) }));
}

/** A flow with its draft. The address of its webhook is only for those who may edit it. */
export async function describeFlow(deps: FlowDeps, flow: FlowRow, canEdit: boolean): Promise<Flow> {
  const [summary] = await describeFlows(deps, flow.tenant_id, [flow]);
  if (!summary) throw new Error('One flow in, one summary out');
  const webhook = await describeWebhook(deps, flow, canEdit);
  return { ...summary, document: flow.document, ...(webhook && { webhook }) };
}

async function describeWebhook(deps: FlowDeps, flow: FlowRow, canEdit: boolean): Promise<Flow['webhook']> {
  const { trigger } = flow.document;
  if (trigger.kind !== 'webhook' || !canEdit) return undefined;
  const webhook = await readWebhook({ db: deps.db.connection, secrets: deps.secrets }, flow.tenant_id, flow.id);
  if (!webhook) return undefined;
  const url = `${deps.publicUrl}/hook/${webhook.token}`;
  return { url, auth: trigger.auth, ...(trigger.auth !== 'none' && { secret: webhook.secret }) };
}

interface History {
  readonly days: readonly string[];
  readonly countByDay: ReadonlyMap<string, FlowDay>;
  readonly lastRun: LastRun | undefined;
}

function summarise(flow: FlowListRow, { days, countByDay, lastRun }: History): FlowSummary {
  return {
    id: flow.id,
    created: flow.created_at.toISOString(),
    updated: flow.updated_at.toISOString(),
    revision: flow.revision,
    name: flow.name,
    description: flow.description,
    state: stateOf(flow),
    triggerKind: flow.trigger_kind,
    ...(flow.live_version !== null && { publishedVersion: flow.live_version }),
    stepCount: flow.step_count,
    connectors: flow.connectors,
    ...(flow.updated_by !== null && { updatedBy: flow.updated_by }),
    ...(lastRun && { lastRun: { id: lastRun.id, state: lastRun.state, started: lastRun.started.toISOString() } }),
    history: days.map((day) => {
      const count = countByDay.get(`${flow.id} ${day}`);
      return { day, succeeded: count?.succeeded ?? 0, failed: count?.failed ?? 0 };
    }),
  };
}

/** The last 14 days (UTC), oldest first. */
function lastDays(now: Date): string[] {
  return Array.from({ length: historyDays }, (_, index) =>
    new Date(now.getTime() - (historyDays - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}
