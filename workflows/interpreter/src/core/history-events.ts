/** A run's history in neutral words: what {@link foldHistory} reads. */
import type { JsonValue } from '@patchbay/flow-model';
import type { RunOutcome } from './machine-state.ts';
import type { OperationError } from './messages.ts';

/** One fact of a run, and when the run took it in, if that is known. */
export type HistoryEvent = HistoryFact & { readonly seenAt?: number };

/** What happened. `at` is epoch milliseconds. */
type HistoryFact =
  | { readonly type: 'runStarted'; readonly at: number }
  | { readonly type: 'operationScheduled'; readonly at: number; readonly path: string }
  | {
      readonly type: 'operationCompleted';
      readonly at: number;
      readonly path: string;
      readonly output: JsonValue;
      readonly attempts: number;
    }
  /** `isLocal`: it ran in fast mode; if it may be tried again, it goes on as a normal activity. */
  | {
      readonly type: 'operationFailed';
      readonly at: number;
      readonly path: string;
      readonly error: OperationError;
      readonly isLocal: boolean;
    }
  | { readonly type: 'operationCancelled'; readonly at: number; readonly path: string }
  | { readonly type: 'timerFired'; readonly at: number; readonly path: string }
  | { readonly type: 'cancelRequested'; readonly at: number }
  /** The run is over as far as the server is concerned. */
  | { readonly type: 'runClosed'; readonly at: number; readonly outcome: RunOutcome };

/** An operation the server is still working on; history does not show its attempts before it ends. */
export interface PendingOperation {
  readonly path: string;
  /** Attempt that runs or comes next, from 1. */
  readonly attempt: number;
  readonly isRunning: boolean;
  readonly lastError?: OperationError;
}
