/**
 * The plan: what the compiler makes of a flow document and what a run executes. Plain data, zod-free, because workflow
 * code reads it. Immutable: a change of meaning of any field needs a new `engine` generation.
 */
import type { Binding, StepResilience } from '../document/step.ts';
import type { Edge } from '../document/flow-document.ts';

/** Generation of the interpreter a plan is written for; equals the suffix of the workflow type `flowRun.v1`. */
export const planEngine = 1;

interface PlanStepBase {
  readonly key: string;
  readonly title: string;
  readonly disabled?: boolean;
}

/** The seven settings, resolved: connector default, operation override, step override. */
export interface PlanResilience {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly retryDelayMs: number;
  readonly backoff: 'none' | 'linear' | 'exponential';
}

/** An operation locked to the exact bytes that will run. */
export interface PlanOperationStep extends PlanStepBase {
  readonly kind: 'operation';
  readonly connector: { readonly slug: string; readonly version: string; readonly integrity: string };
  readonly operation: string;
  /** `slug@version/operation`: the Temporal activity type. */
  readonly activityType: string;
  readonly taskQueue?: string;
  readonly connectionId?: string;
  readonly input: Readonly<Record<string, Binding>>;
  readonly effect: 'read' | 'idempotent' | 'keyed' | 'once';
  readonly resilience: PlanResilience;
  /** True if fast mode may run it as a local activity (engine.md 5.1). */
  readonly isLocal: boolean;
}

/** Takes the port of the first case that holds, else `otherwise`. */
export interface PlanBranchStep extends PlanStepBase {
  readonly kind: 'branch';
  readonly mode: 'if' | 'switch';
  readonly on?: string;
  readonly cases: readonly { readonly id: string; readonly label: string; readonly when: string }[];
}

/** Computes a value from what earlier steps gave. */
export interface PlanTransformStep extends PlanStepBase {
  readonly kind: 'transform';
  readonly output: Binding;
}

/** Runs its child scope once per item, at most `concurrency` at a time. */
export interface PlanForEachStep extends PlanStepBase {
  readonly kind: 'for_each';
  readonly items: string;
  readonly concurrency: number;
  readonly result?: Binding;
  /** Most items of one loop; more is the error `items_limit_exceeded`. */
  readonly maxItems: number;
}

/** Runs its child scope `body`; when that fails, its child scope `catch`. */
export interface PlanTryStep extends PlanStepBase {
  readonly kind: 'try';
}

/** Waits for a duration or until a moment. */
export interface PlanWaitStep extends PlanStepBase {
  readonly kind: 'wait';
  readonly wait: { readonly durationSeconds: Binding } | { readonly until: Binding };
}

/** Sets the answer of the run, once; the run goes on. */
export interface PlanRespondStep extends PlanStepBase {
  readonly kind: 'respond';
  readonly status: Binding;
  readonly headers?: Readonly<Record<string, Binding>>;
  readonly body?: Binding;
}

/** Ends the run with the given outcome. */
export interface PlanStopStep extends PlanStepBase {
  readonly kind: 'stop';
  readonly outcome: 'succeeded' | 'failed';
  readonly message?: Binding;
  readonly output?: Binding;
}

export type PlanStep =
  | PlanOperationStep
  | PlanBranchStep
  | PlanTransformStep
  | PlanForEachStep
  | PlanTryStep
  | PlanWaitStep
  | PlanRespondStep
  | PlanStopStep;

/** A scope with its steps in a topological order. */
export interface PlanScope {
  readonly steps: readonly string[];
  readonly edges: readonly Edge[];
}

/** An immutable, locked flow version. */
export interface Plan {
  readonly engine: typeof planEngine;
  readonly flowId: string;
  readonly flowName: string;
  readonly mode: 'standard' | 'fast';
  readonly trigger: { readonly kind: 'manual' | 'webhook'; readonly reply?: 'async' | 'sync' };
  readonly steps: Readonly<Record<string, PlanStep>>;
  readonly scopes: Readonly<Record<string, PlanScope>>;
  /** sha256 hex of the canonical JSON of everything above. */
  readonly hash: string;
}

export type { StepResilience };
