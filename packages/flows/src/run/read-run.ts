import { AppError } from '@patchbay/errors';
import type { Run, RunStepData } from '@patchbay/api-contract';
import type { JsonValue } from '@patchbay/flow-model';
import type { RunView } from '@patchbay/flow-model/plan';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import { resolveForDisplay } from '../storage/blob-repository.ts';
import { createAttemptRepository } from './attempt-repository.ts';
import { describeRun, describeStep, describeTrigger } from './describe-run.ts';
import { foldRun, type FoldedRun } from './fold-run.ts';
import type { RunEngineDeps } from './run-deps.ts';
import { createRunRecordRepository } from './run-record-repository.ts';
import { createRunRepository, type RunRow } from './run-repository.ts';

/** A run with all its steps, as it is now. @throws AppError `run_not_found`. */
export async function readRun(deps: RunEngineDeps, tenantId: string, id: string): Promise<Run> {
  const row = await createRunRepository(deps.db.connection).get(tenantId, id);
  const [view, version] = await Promise.all([
    currentView(deps, row),
    createFlowVersionRepository(deps.db.connection).get(tenantId, row.flow_version_id),
  ]);
  const run = describeRun(row, view, version.document);
  if (run.state !== 'failed') return run;
  const lastGoodRunId = await createRunRepository(deps.db.connection).lastGood(tenantId, row.flow_id);
  return { ...run, ...(lastGoodRunId !== undefined && { lastGoodRunId }) };
}

/** Input, output and attempts of one step. @throws AppError `run_not_found`, `run_step_not_found`. */
export async function readRunStep(
  deps: RunEngineDeps,
  tenantId: string,
  step: { runId: string; path: string },
): Promise<RunStepData> {
  const { connection } = deps.db;
  const row = await createRunRepository(connection).get(tenantId, step.runId);
  const { document } = await createFlowVersionRepository(connection).get(tenantId, row.flow_version_id);
  const display = (value: JsonValue | undefined) => resolveForDisplay(deps.blobs, tenantId, value ?? null);
  if (step.path === 'trigger') {
    return { ...describeTrigger(row, document), input: null, output: await display(row.trigger_data), attemptLog: [] };
  }
  const view = await currentView(deps, row);
  const record = view.steps.find((candidate) => candidate.path === step.path);
  if (!record) throw new AppError('run_step_not_found');
  const [input, output, attemptLog] = await Promise.all([
    display(record.input),
    display(record.output),
    createAttemptRepository(connection).ofStep(tenantId, row.id, step.path),
  ]);
  return { ...describeStep(record, document), input, output, attemptLog };
}

/** The recorded view of a run that has ended; else the folded history. A run found to have ended is recorded so. */
export async function currentView(deps: RunEngineDeps, row: RunRow): Promise<RunView> {
  if (row.view) return row.view;
  const view = await foldRun(deps, toFolded(row));
  if (!view) return { state: row.state, startedAt: row.started_at.getTime(), steps: [] };
  if (view.endedAt !== undefined) await closeRecord(deps, row, view);
  return view;
}

/** What the fold needs of a row. */
export function toFolded(row: RunRow): FoldedRun {
  return {
    tenantId: row.tenant_id,
    versionId: row.flow_version_id,
    planHash: row.plan_hash,
    workflowId: row.workflow_id,
  };
}

/** Writes the end of a run. */
export async function closeRecord(deps: RunEngineDeps, row: RunRow, view: RunView): Promise<void> {
  await createRunRecordRepository(deps.db.connection).close([
    {
      tenantId: row.tenant_id,
      runId: row.id,
      flowId: row.flow_id,
      planRef: { flowVersionId: row.flow_version_id, planHash: row.plan_hash },
      workflowId: row.workflow_id,
      isTest: row.is_test,
      triggerKind: row.trigger_kind,
      trigger: row.trigger_data,
      view,
    },
  ]);
}
