import type { Run } from '@patchbay/api-contract';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import { HistoryReader, isWorkflowNotFound } from '../temporal/history-reader.ts';
import { describeRun } from './describe-run.ts';
import { foldExecutions, readPendingActivities } from './fold-run.ts';
import { closeRecord, readRun, toFolded } from './read-run.ts';
import type { RunDeps } from './run-deps.ts';
import { createRunRepository, type RunRow } from './run-repository.ts';

/** Events that come closer together than this become one change. */
const batchMs = 50;
/** Attempts leave no event before they end; they are asked for this often while a step is under way. */
const pendingMs = 1_000;
/** How often to look again for a run that Temporal does not know yet. */
const queuedMs = 500;

/**
 * A run as it changes: first as it is, then after each change, last when it has ended. Ends early when `signal` is aborted.
 *
 * @throws AppError `run_not_found` before the first value.
 */
export async function* watchRun(
  deps: RunDeps,
  run: { readonly tenantId: string; readonly id: string },
  signal: AbortSignal,
): AsyncGenerator<Run, void, undefined> {
  const row = await createRunRepository(deps.db.connection).get(run.tenantId, run.id);
  if (row.view) {
    yield await readRun(deps, run.tenantId, run.id);
    return;
  }
  let last = '';
  for await (const next of foldedRuns(deps, row, signal)) {
    const text = JSON.stringify(next);
    if (text === last) continue;
    last = text;
    yield next;
    if (next.ended !== undefined) return;
  }
}

async function* foldedRuns(deps: RunDeps, row: RunRow, signal: AbortSignal): AsyncGenerator<Run, void, undefined> {
  const { document } = await createFlowVersionRepository(deps.db.connection).get(row.tenant_id, row.flow_version_id);
  const reader = await openReader(deps, row, signal);
  let polling: Promise<unknown> | undefined;
  while (!signal.aborted && reader) {
    const pending = await pendingOf(deps, row);
    const view = await foldExecutions(deps, toFolded(row), { executions: reader.executions, pending });
    if (view.endedAt !== undefined) await closeRecord(deps, row, view);
    yield describeRun(row, view, document);
    if (view.endedAt !== undefined) return;
    polling ??= reader
      .waitForMore(signal)
      .catch(ignoreAborted(signal))
      .finally(() => (polling = undefined));
    await Promise.race([polling, ...(pending.length > 0 ? [delay(pendingMs, signal)] : [])]);
    await delay(batchMs, signal);
  }
}

/** Waits until Temporal knows the run. Undefined if the caller gave up. */
async function openReader(deps: RunDeps, row: RunRow, signal: AbortSignal): Promise<HistoryReader | undefined> {
  while (!signal.aborted) {
    const reader = new HistoryReader(deps.temporal, row.workflow_id);
    try {
      await reader.readAll();
      return reader;
    } catch (error) {
      if (!isWorkflowNotFound(error)) throw error;
      await delay(queuedMs, signal);
    }
  }
  return undefined;
}

async function pendingOf(deps: RunDeps, row: RunRow): Promise<readonly object[]> {
  return readPendingActivities(deps, row.workflow_id);
}

function ignoreAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish);
  });
}
