/** What server, workflow and activities hand each other through Temporal. Plain JSON; additive changes only. */
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import type { BlobReference, Plan, RunReply, RunState, RunView, StepError } from '@patchbay/flow-model/plan';
import type { MachineState } from './machine-state.ts';

/** Workflow type of engine generation 1. */
export const flowRunWorkflow = 'flowRun.v1';

/** Update that waits for the answer of a synchronous trigger; gives {@link FlowRunAnswer}. */
export const replyUpdate = 'reply';

/** Local activities of the interpreter itself. */
export const interpreterActivities = {
  loadPlan: 'patchbay.loadPlan',
  storeValue: 'patchbay.storeValue',
  loadValue: 'patchbay.loadValue',
} as const;

/** Where a plan is kept. */
export interface PlanReference {
  readonly flowVersionId: string;
  readonly planHash: string;
}

/** Argument of the workflow. */
export interface FlowRunInput {
  readonly engine: 1;
  /** Inline up to 64 KB; else it is loaded by {@link FlowRunInput.planRef} and recorded. */
  readonly plan?: Plan;
  readonly planRef: PlanReference;
  readonly tenantId: string;
  readonly runId: string;
  readonly flowId: string;
  readonly trigger: JsonValue;
  readonly isTest?: boolean;
  /** Runs this step alone: a step test. */
  readonly only?: string;
  /** Names in scope of {@link FlowRunInput.only}: outputs of earlier steps, `loop`, `error`. */
  readonly scope?: JsonObject;
  /** Set by continue-as-new. */
  readonly state?: MachineState | BlobReference;
  /** Continue as new after so many events instead of when the server suggests it; for tests. */
  readonly maxEvents?: number;
}

/** Result of the workflow when the run succeeded. A failed run fails the workflow, with a {@link StepError} in its details. */
export interface FlowRunResult {
  readonly output: JsonValue;
  readonly reply?: RunReply;
}

/** Answer of {@link replyUpdate}: the reply, or how the run stands. State `running` without a reply: look at the run later. */
export interface FlowRunAnswer {
  readonly reply?: RunReply;
  readonly view: { readonly state: RunState; readonly output?: JsonValue; readonly error?: StepError };
}

/** Argument of every operation activity. */
export interface OperationCall {
  readonly tenantId: string;
  readonly runId: string;
  /** Step path: unique in the run. */
  readonly path: string;
  readonly key: string;
  readonly connector: { readonly slug: string; readonly version: string; readonly integrity: string };
  readonly operation: string;
  readonly connectionId?: string;
  readonly input: JsonObject;
  readonly effect: 'read' | 'idempotent' | 'keyed' | 'once';
  readonly resilience: {
    readonly timeoutMs: number;
    readonly maxRetries: number;
    readonly retryDelayMs: number;
    readonly backoff: 'none' | 'linear' | 'exponential';
  };
  /** True if formulas read inside the output, so it must stay inline. */
  readonly needsOutput: boolean;
  /** Attempts that failed before, in fast mode. */
  readonly priorFailures: number;
}

/** Result of every operation activity. */
export interface OperationAnswer {
  readonly output: JsonValue;
  readonly attempts: number;
  /** Set by local attempts, whose markers carry no step path. */
  readonly path?: string;
}

/** First element of the `details` of an operation's ApplicationFailure; its `type` is the error code. */
export interface OperationFailureDetails {
  readonly path: string;
  readonly hint?: string;
  readonly retryable: boolean;
  readonly attempts: number;
  /** Least time to wait before another attempt, if the other side asked for one. */
  readonly retryDelayMs?: number;
  readonly details?: JsonValue;
}

/** What the sink `runRecord.closed` reports when a run ends. */
export interface ClosedRun {
  readonly tenantId: string;
  readonly runId: string;
  readonly flowId: string;
  readonly planRef: PlanReference;
  readonly workflowId: string;
  readonly isTest: boolean;
  readonly triggerKind: string;
  readonly trigger: JsonValue;
  readonly view: RunView;
}
