/** What the machine and its driver say to each other. */
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import type { RunReply, StepError } from '@patchbay/flow-model/plan';

/** A request of the machine to its driver. */
export type Command =
  | { readonly type: 'runOperation'; readonly path: string; readonly key: string; readonly input: JsonObject }
  | { readonly type: 'sleep'; readonly path: string; readonly ms: number }
  /** Stop waiting for this timer; the driver sends nothing more about it. */
  | { readonly type: 'cancelSleep'; readonly path: string }
  /** Cancel every operation in flight; each is still answered. */
  | { readonly type: 'cancelOperations' }
  | { readonly type: 'reply'; readonly reply: RunReply }
  /** Enough work for one go: call `resume` after giving others a turn. */
  | { readonly type: 'yield' }
  | { readonly type: 'done' };

/** What the driver reports. `at` is epoch milliseconds. */
export type MachineEvent =
  | {
      readonly type: 'operationCompleted';
      readonly path: string;
      readonly output: JsonValue;
      readonly attempts: number;
    }
  | { readonly type: 'operationFailed'; readonly path: string; readonly error: OperationError }
  | { readonly type: 'operationCancelled'; readonly path: string }
  | { readonly type: 'timerFired'; readonly path: string }
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'resume' };

/** A failure as the driver knows it; the machine adds the path. */
export type OperationError = Omit<StepError, 'stepPath'>;
