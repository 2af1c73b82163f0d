import { flowRunWorkflow } from '@patchbay/interpreter';
import { errorCodes } from '@patchbay/errors';
import type { RunView } from '@patchbay/flow-model/plan';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { createPlanRepository } from '../flow/plan-repository.ts';
import { isBlobReference } from '../storage/blob-repository.ts';
import { launchRun, startOptions, toRunTrigger, type WorkflowStart } from './flow-run-workflow.ts';
import { foldRun } from './fold-run.ts';
import { closeRecord, toFolded } from './read-run.ts';
import { createRunRecordRepository } from './run-record-repository.ts';
import { createRunRepository, type RunRow } from './run-repository.ts';
import type { RunDeps } from './run-deps.ts';

const batchSize = 50;
/** Runs looked at side by side: each reads a history. */
const atOnce = 4;

/**
 * Brings records in line with Temporal: closes runs whose end nobody recorded, and starts those that were accepted but
 * never reached Temporal. Gives the number of runs looked at.
 */
export async function reconcileRuns(deps: RunDeps): Promise<number> {
  const due = await createRunRepository(deps.db.connection).claimOpen(batchSize);
  const queue = [...due];
  const work = async (): Promise<void> => {
    for (let row = queue.shift(); row; row = queue.shift()) await reconcileSafely(deps, row);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return due.length;
}

async function reconcileSafely(deps: RunDeps, row: RunRow): Promise<void> {
  try {
    await reconcileRun(deps, row);
  } catch (error) {
    deps.onError(error, { tenantId: row.tenant_id, runId: row.id });
  }
}

async function reconcileRun(deps: RunDeps, row: RunRow): Promise<void> {
  const view = await foldRun(deps, toFolded(row));
  if (view && view.endedAt !== undefined) await closeRecord(deps, row, view);
  else if (view) await markRunning(deps, row);
  else if (row.state === 'queued') await startAgain(deps, row);
  else await closeRecord(deps, row, lostView(row, deps.now()));
}

async function markRunning(deps: RunDeps, row: RunRow): Promise<void> {
  if (row.state === 'running') return;
  await createRunRecordRepository(deps.db.connection).change([
    { tenantId: row.tenant_id, runId: row.id, state: 'running' },
  ]);
}

async function startAgain(deps: RunDeps, row: RunRow): Promise<void> {
  // A step test whose scope is gone is not worth repeating: the person has long seen the failure.
  if (row.only_step !== null) return closeRecord(deps, row, lostView(row, deps.now()));
  const plan = await createPlanRepository(deps.db.connection).load(row.tenant_id, row.flow_version_id, row.plan_hash);
  const stored = isBlobReference(row.trigger_data)
    ? await deps.blobs.get(row.tenant_id, row.trigger_data)
    : row.trigger_data;
  const start: WorkflowStart = {
    target: {
      tenantId: row.tenant_id,
      flowId: row.flow_id,
      flowName: row.flow_name,
      versionId: row.flow_version_id,
      version: row.flow_version,
      plan,
    },
    runId: row.id,
    trigger: await toRunTrigger(deps, row.tenant_id, stored),
    triggerKind: row.trigger_kind,
    isTest: row.is_test,
  };
  try {
    await launchRun(deps, () => deps.temporal.workflow.start(flowRunWorkflow, startOptions(deps, start)));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Temporal has forgotten a run that was running: its end cannot be known any more. */
function lostView(row: RunRow, now: Date): RunView {
  const { hint } = errorCodes.service_unavailable;
  return {
    state: 'failed',
    startedAt: row.started_at.getTime(),
    endedAt: now.getTime(),
    steps: [],
    error: {
      code: 'service_unavailable',
      message: 'The history of this run is gone.',
      hint,
      retryable: false,
      attempts: 0,
      stepPath: '',
    },
  };
}
