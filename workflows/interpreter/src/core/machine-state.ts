/**
 * Everything a run is, as plain JSON: it survives continue-as-new and can be compared in tests.
 * A change of meaning of any field needs a new `stateVersion`.
 */
import type { JsonValue } from '@patchbay/flow-model';
import type { RunReply, StepError, StepState } from '@patchbay/flow-model/plan';

/** Generation of {@link MachineState}. */
export const stateVersion = 1;

/** A step record while the run goes on; {@link StepRecord} is its read-only face. */
export interface MutableStepRecord {
  path: string;
  key: string;
  state: StepState;
  startedAt?: number;
  endedAt?: number;
  attempts: number;
  takenPorts?: readonly string[];
  input?: JsonValue;
  output?: JsonValue;
  error?: StepError;
}

/** One execution of a scope: the root, one iteration of a loop, the body or catch of a try. */
export interface FrameState {
  readonly id: string;
  /** Id of the scope in the plan. */
  readonly scope: string;
  /** What stands before the key in the path of each step in here, for example `lines[3].`. */
  readonly prefix: string;
  readonly parent?: { readonly frame: string; readonly key: string; readonly index?: number };
  /** Incoming edges not yet settled, by step; absent: none settled so far. */
  readonly remaining: Record<string, number>;
  /** Steps of which at least one incoming edge was taken. */
  readonly taken: Record<string, true>;
  /** Steps queued or executing. The frame closes when it falls to 0. */
  active: number;
  /** Topological position of the last step that ran; -1: none did. */
  lastIndex: number;
  readonly outputs: Record<string, JsonValue>;
  /** Names only this frame adds to expressions: `loop`, `error`, seeds of a step test. */
  readonly locals: Readonly<Record<string, JsonValue>>;
  /** First failure in here; from then on nothing new starts. */
  error?: StepError;
}

/** A `for_each` under way. */
export interface LoopState {
  readonly frame: string;
  readonly key: string;
  readonly items: readonly JsonValue[];
  /** Index of the next item to start. */
  next: number;
  running: number;
  readonly results: JsonValue[];
  error?: StepError;
}

/** Work that needs nothing from outside. */
export type AgendaItem =
  | { readonly do: 'start' | 'skip'; readonly frame: string; readonly key: string }
  /** A step that was stopped leaves its frame. */
  | { readonly do: 'leave'; readonly frame: string }
  | { readonly do: 'close'; readonly frame: string }
  | { readonly do: 'launch'; readonly loop: string };

/** An operation or timer that the driver was asked for and has not answered. */
export interface InFlight {
  readonly frame: string;
  readonly key: string;
  readonly kind: 'operation' | 'sleep';
  /** When a sleep ends, epoch milliseconds: a restored run asks for the rest of it. */
  readonly until?: number;
}

/** How a run ends. */
export interface RunOutcome {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly output?: JsonValue;
  readonly error?: StepError;
}

/** The whole state of a run. */
export interface MachineState {
  readonly stateVersion: typeof stateVersion;
  readonly runId: string;
  readonly trigger: JsonValue;
  startedAt: number;
  endedAt?: number;
  readonly records: Record<string, MutableStepRecord>;
  readonly frames: Record<string, FrameState>;
  readonly loops: Record<string, LoopState>;
  readonly inFlight: Record<string, InFlight>;
  agenda: AgendaItem[];
  reply?: RunReply;
  /** Set by a stop step or a cancellation: the run only waits for what is in flight. */
  ending?: RunOutcome;
  outcome?: RunOutcome;
}
