import { createTenantScope, type DatabaseConnection } from '@patchbay/database';
import type { RunStepData } from '@patchbay/api-contract';
import { toStorableJson } from '../storage/storable-json.ts';

/** An attempt as people see it. */
export type Attempt = RunStepData['attemptLog'][number];

/** An attempt has begun. Times are epoch milliseconds. */
export interface AttemptStart {
  readonly tenantId: string;
  readonly runId: string;
  readonly path: string;
  /** 1 for the first. */
  readonly number: number;
  readonly startedAt: number;
}

/** An attempt has ended. */
export interface AttemptEnd extends AttemptStart {
  readonly endedAt: number;
  readonly state: 'succeeded' | 'failed';
  readonly error?: { readonly code: string; readonly message: string };
  /** What was sent and answered, secrets redacted. */
  readonly call?: Attempt['call'];
}

interface AttemptRow {
  run_id: string;
  path: string;
  number: number;
  state: Attempt['state'];
  started_at: Date;
  ended_at: Date | null;
  error: Attempt['error'] | null;
  call: Attempt['call'] | null;
}

/** Rows per statement: far below PostgreSQL's 65,535 bindings. */
const rowsPerStatement = 500;

/** Attempts of the operations of runs. */
export function createAttemptRepository(db: DatabaseConnection) {
  return {
    /** Writes starts and ends in any order; an end is never taken back by a late start. */
    async upsert(attempts: readonly (AttemptStart | AttemptEnd)[]): Promise<void> {
      for (let from = 0; from < attempts.length; from += rowsPerStatement) {
        await db('run_attempts')
          .insert(attempts.slice(from, from + rowsPerStatement).map(toRow))
          .onConflict(['tenant_id', 'run_id', 'path', 'number'])
          .merge(['state', 'ended_at', 'error', 'call'])
          .where('run_attempts.state', '=', 'running');
      }
    },
    /** Attempts of one step of a run, first to last. */
    async ofStep(tenantId: string, runId: string, path: string): Promise<Attempt[]> {
      const rows = await createTenantScope(db, tenantId)
        .rows<AttemptRow>('run_attempts')
        .where({ run_id: runId, path })
        .orderBy('number')
        .select<AttemptRow[]>('*');
      return rows.map(fromRow);
    },
  };
}

function toRow(attempt: AttemptStart | AttemptEnd) {
  const end = 'endedAt' in attempt ? attempt : undefined;
  return {
    tenant_id: attempt.tenantId,
    run_id: attempt.runId,
    path: attempt.path,
    number: attempt.number,
    state: end?.state ?? 'running',
    started_at: new Date(attempt.startedAt),
    ended_at: end ? new Date(end.endedAt) : null,
    error: end?.error ? toStorableJson(end.error) : null,
    call: end?.call ? toStorableJson(end.call) : null,
  };
}

function fromRow(row: AttemptRow): Attempt {
  return {
    number: row.number,
    state: row.state,
    started: row.started_at.toISOString(),
    ...(row.ended_at && { ended: row.ended_at.toISOString() }),
    ...(row.error && { error: row.error }),
    ...(row.call && { call: row.call }),
  };
}
