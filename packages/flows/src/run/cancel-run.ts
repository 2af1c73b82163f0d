import { AppError, errorCodes } from '@patchbay/errors';
import { isWorkflowNotFound } from '../temporal/history-reader.ts';
import { closeRecord } from './read-run.ts';
import type { RunDeps } from './run-deps.ts';
import { createRunRepository } from './run-repository.ts';

/**
 * Asks a run to cancel; it ends when its operations have noticed.
 *
 * @throws AppError `run_not_found`, `run_already_closed`.
 */
export async function cancelRun(deps: RunDeps, tenantId: string, id: string): Promise<void> {
  const row = await createRunRepository(deps.db.connection).get(tenantId, id);
  if (row.ended_at) throw new AppError('run_already_closed');
  try {
    await deps.temporal.workflow.getHandle(row.workflow_id).cancel();
  } catch (cause) {
    if (!isWorkflowNotFound(cause)) throw cause;
    if (row.state !== 'queued') throw new AppError('run_already_closed', { cause });
    // Accepted, but never reached Temporal: there is nothing to ask.
    const { message, hint } = errorCodes.run_cancelled;
    const error = { code: 'run_cancelled', message, hint, retryable: false, attempts: 0, stepPath: '' };
    const at = deps.now().getTime();
    await closeRecord(deps, row, {
      state: 'cancelled',
      startedAt: row.started_at.getTime(),
      endedAt: at,
      steps: [],
      error,
    });
  }
}
