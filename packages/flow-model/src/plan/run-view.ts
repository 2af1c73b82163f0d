/**
 * What a person sees of a run: the result of folding its history with the interpreter core. Zod-free; `api-contract`
 * owns the schema of the same shape.
 */
import type { JsonValue } from '../document/json.ts';

/** State of a run. `running` covers waiting too; `waitingFor` says so. */
export type RunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** State of a step. `reused` joins with retry from a step. */
export type StepState =
  'pending' | 'running' | 'waiting' | 'retrying' | 'succeeded' | 'failed' | 'skipped' | 'cancelled';

/** A failure as a `catch` scope and the run view see it. `code` is a code of `@patchbay/errors`. */
export interface StepError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly retryable: boolean;
  readonly attempts: number;
  /** Path of the step that failed, for example `lines[3].reserve_item`. */
  readonly stepPath: string;
  readonly details?: JsonValue;
}

/** One step as executed. A step in a loop appears once per iteration, told apart by `path`. */
export interface StepRecord {
  /** `key`, or `loop_key[index].key` inside loops. Unique in a run; the activity id and the base of the idempotency key. */
  readonly path: string;
  readonly key: string;
  readonly state: StepState;
  /** Epoch milliseconds. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly attempts: number;
  /** Ports that were taken (branch) or settled (`out`). */
  readonly takenPorts?: readonly string[];
  readonly input?: JsonValue;
  readonly output?: JsonValue;
  readonly error?: StepError;
}

/** A value above the inline limit lives in the blob table; this stands in its place. */
export interface BlobReference {
  readonly $ref: string;
  readonly sizeBytes: number;
  readonly preview: string;
}

/** Answer of a synchronous trigger. */
export interface RunReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

/** A whole run, folded. */
export interface RunView {
  readonly state: RunState;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly steps: readonly StepRecord[];
  readonly output?: JsonValue;
  readonly reply?: RunReply;
  readonly error?: StepError;
}
