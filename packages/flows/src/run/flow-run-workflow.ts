import { flowRunWorkflow, type FlowRunInput } from '@patchbay/interpreter';
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import { WithStartWorkflowOperation, type WorkflowStartOptions } from '@temporalio/client';
import { storeIfLarge } from '../storage/blob-repository.ts';
import { isAttributeRefusal } from '../temporal/run-attributes.ts';
import type { RunEngineDeps } from './run-deps.ts';
import type { RunTarget } from './run-target.ts';

/** Plans up to this size travel inside the workflow input; larger ones are loaded by the worker. */
const inlinePlanBytes = 64 * 1024;

/** One run as Temporal starts it. */
export interface WorkflowStart {
  readonly target: RunTarget;
  readonly runId: string;
  readonly trigger: JsonValue;
  readonly triggerKind: string;
  readonly isTest: boolean;
  readonly only?: string;
  readonly scope?: JsonObject;
}

/** `<tenant>/<flow>/<run>`: the tenant in front chooses the key of the payloads. */
export function workflowIdOf(run: {
  readonly tenantId: string;
  readonly flowId: string;
  readonly runId: string;
}): string {
  return `${run.tenantId}/${run.flowId}/${run.runId}`;
}

/** Options that make the same run start at most once, however often it is asked for. */
export function startOptions(
  deps: RunEngineDeps,
  start: WorkflowStart,
): WorkflowStartOptions & { args: [FlowRunInput] } {
  const { tenantId, flowId, version } = start.target;
  const { runId, triggerKind } = start;
  const typedSearchAttributes = deps.attributes?.of({ tenantId, flowId, version, runId, triggerKind });
  return {
    workflowId: workflowIdOf({ tenantId, flowId, runId }),
    taskQueue: deps.taskQueue,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    args: [toInput(start)],
    ...(typedSearchAttributes && { typedSearchAttributes }),
  };
}

/** Starts a run; if the namespace does not know the search attributes (any more), without them. */
export async function launchRun<Result>(deps: RunEngineDeps, launch: () => Promise<Result>): Promise<Result> {
  try {
    return await launch();
  } catch (error) {
    if (deps.attributes === undefined || !isAttributeRefusal(error)) throw error;
    deps.attributes.suspend();
    return launch();
  }
}

/** The same for a start that is waited for. */
export function startOperation(
  deps: RunEngineDeps,
  start: WorkflowStart,
): WithStartWorkflowOperation<(input: FlowRunInput) => Promise<unknown>> {
  return new WithStartWorkflowOperation(flowRunWorkflow, {
    ...startOptions(deps, start),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

function toInput(start: WorkflowStart): FlowRunInput {
  const { target } = start;
  const isSmall = planSize(target.plan) <= inlinePlanBytes;
  return {
    engine: 1,
    ...(isSmall && { plan: target.plan }),
    planRef: { flowVersionId: target.versionId, planHash: target.plan.hash },
    tenantId: target.tenantId,
    runId: start.runId,
    flowId: target.flowId,
    trigger: start.trigger,
    ...(start.isTest && { isTest: true }),
    ...(start.only !== undefined && { only: start.only }),
    ...(start.scope && { scope: start.scope }),
  };
}

const planSizes = new WeakMap<object, number>();

function planSize(plan: RunTarget['plan']): number {
  const known = planSizes.get(plan);
  if (known !== undefined) return known;
  const size = Buffer.byteLength(JSON.stringify(plan));
  planSizes.set(plan, size);
  return size;
}

/** Trigger data above this would come near Temporal's limit of 2 MiB for one value. */
const inlineTriggerBytes = 1024 * 1024;

/**
 * Trigger data as the run gets it. The body of a very large request is put aside: operations still receive it, formulas
 * cannot look into it.
 */
export async function toRunTrigger(deps: RunEngineDeps, tenantId: string, trigger: JsonValue): Promise<JsonValue> {
  if (Buffer.byteLength(JSON.stringify(trigger)) <= inlineTriggerBytes) return trigger;
  if (typeof trigger !== 'object' || trigger === null || Array.isArray(trigger))
    return storeIfLarge(deps.blobs, tenantId, trigger);
  const entries = Object.entries(trigger).map(
    async ([key, value]) => [key, await storeIfLarge(deps.blobs, tenantId, value)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
