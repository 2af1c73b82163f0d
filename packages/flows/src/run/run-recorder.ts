import type { DatabaseConnection } from '@patchbay/database';
import type { RunView } from '@patchbay/flow-model/plan';
import { createAttemptRepository, type AttemptEnd, type AttemptStart } from './attempt-repository.ts';
import { createRunRecordRepository, type RunClose, type RunStateChange } from './run-record-repository.ts';

/** How a recorder buffers. */
export interface RunRecorderOptions {
  /** Longest time a row waits in memory. Default 100. */
  readonly flushMs?: number;
  /** Told when rows could not be written; they are dropped, because the history can always be folded again. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Writes what a worker sees of runs: best effort and in batches, because the truth is the Temporal history. Every write
 * can be repeated and may come late: a closed run never opens again.
 */
export interface RunRecorder {
  attemptStarted(attempt: AttemptStart): void;
  attemptEnded(attempt: AttemptEnd): void;
  runChanged(change: RunStateChange): void;
  runClosed(close: RunClose): void;
  /** Resolves when everything recorded so far is written or dropped. Never throws. */
  flush(): Promise<void>;
}

interface Buffers {
  attempts: Map<string, AttemptStart | AttemptEnd>;
  changes: Map<string, RunStateChange>;
  closes: Map<string, RunClose>;
}

const emptyBuffers = (): Buffers => ({ attempts: new Map(), changes: new Map(), closes: new Map() });

/** A recorder on the worker's own pool. */
export function createRunRecorder(db: DatabaseConnection, options: RunRecorderOptions = {}): RunRecorder {
  const attempts = createAttemptRepository(db);
  const records = createRunRecordRepository(db);
  let buffers = emptyBuffers();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (batch: Buffers): Promise<void> => {
    const jobs = [
      attempts.upsert([...batch.attempts.values()]),
      records.change([...batch.changes.values()]),
      records.close([...batch.closes.values()]),
    ];
    for (const result of await Promise.allSettled(jobs)) {
      if (result.status === 'rejected') options.onError?.(result.reason);
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = buffers;
    buffers = emptyBuffers();
    writing = writing.then(() => write(batch));
    return writing;
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush(), options.flushMs ?? 100);
  };
  const keep = <Row>(map: Map<string, Row>, key: string, row: Row): void => {
    map.set(key, row);
    schedule();
  };

  return {
    attemptStarted: (attempt) => {
      keep(buffers.attempts, attemptKey(attempt), attempt);
    },
    attemptEnded: (attempt) => {
      keep(buffers.attempts, attemptKey(attempt), attempt);
    },
    runChanged: (change) => {
      keep(buffers.changes, change.runId, change);
    },
    runClosed: (close) => {
      keep(buffers.closes, close.runId, close);
    },
    flush,
  };
}

function attemptKey(attempt: AttemptStart): string {
  return `${attempt.runId} ${attempt.path} ${String(attempt.number)}`;
}

export type { AttemptEnd, AttemptStart, RunClose, RunStateChange, RunView };
