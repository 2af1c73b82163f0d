import { setTimeout } from 'node:timers/promises';
import { flowRunWorkflow, replyUpdate, type FlowRunAnswer, type FlowRunInput } from '@patchbay/interpreter';
import { AppError } from '@patchbay/errors';
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import { planEngine, type Plan } from '@patchbay/flow-model/plan';
import { findOperation } from '@patchbay/manifest';
import {
  WithStartWorkflowOperation,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcDeadlineError,
} from '@temporalio/client';
import { ulid } from 'ulid';
import { hashOf } from '../flow/flow-content.ts';
import { isBlobReference } from '../storage/blob-repository.ts';
import { createAttemptRepository, type Attempt } from './attempt-repository.ts';
import { workflowIdOf } from './flow-run-workflow.ts';
import type { RunDeps } from './run-deps.ts';

/** One call of an operation outside of any flow, for the test of a connection. */
export interface OperationTest {
  readonly tenantId: string;
  readonly slug: string;
  readonly version: string;
  readonly operation: string;
  readonly connectionId?: string;
  readonly input: JsonObject;
}

/** What the call gave. */
export interface OperationTestResult {
  readonly ok: boolean;
  readonly output?: JsonValue;
  /** The HTTP call, when there was one and its record is there already. */
  readonly call?: NonNullable<Attempt['call']>;
  readonly error?: { readonly code: string; readonly message: string };
  readonly durationMs: number;
}

/** Runs an operation on a worker: the server never executes plugin code. */
export interface OperationTester {
  /** @throws AppError `connector_not_found`, `operation_unknown`, `service_unavailable` if no worker answers in time. */
  run(call: OperationTest): Promise<OperationTestResult>;
}

/** Longest call; a test that takes longer has failed for a person who waits. */
const callTimeoutMs = 20_000;
const answerTimeoutMs = 30_000;
/** How long the record of the attempt is waited for; without it only status and headers are missing. */
const recordTimeoutMs = 2_000;
const recordPollMs = 25;
/** The one step of the plan. */
const stepKey = 'call';

/** A tester that starts a workflow of one step and waits for it. Leaves no run behind in the lists. */
export function createOperationTester(deps: RunDeps): OperationTester {
  return {
    async run(call) {
      const startedAt = performance.now();
      const input = toInput(call, await planFor(deps, call));
      const { view } = await execute(deps, input);
      const durationMs = Math.round(performance.now() - startedAt);
      const http = await callOf(deps, input);
      const facts = { durationMs, ...(http && { call: http }) };
      if (view.state === 'succeeded') return { ok: true, output: await outputOf(deps, input, view.output), ...facts };
      const { code = 'run_failed', message = 'The call failed.' } = view.error ?? {};
      return { ok: false, error: { code, message }, ...facts };
    },
  };
}

/** A large output was put aside; who called wants the value. */
async function outputOf(deps: RunDeps, { tenantId }: FlowRunInput, output: JsonValue = null): Promise<JsonValue> {
  return isBlobReference(output) ? deps.blobs.get(tenantId, output) : output;
}

/** The worker writes records in batches, a moment after the step has ended. */
async function callOf(deps: RunDeps, input: FlowRunInput): Promise<Attempt['call']> {
  const attempts = createAttemptRepository(deps.db.connection);
  const deadline = Date.now() + recordTimeoutMs;
  for (;;) {
    const last = (await attempts.ofStep(input.tenantId, input.runId, stepKey)).at(-1);
    if ((last !== undefined && last.state !== 'running') || Date.now() > deadline) return last?.call;
    await setTimeout(recordPollMs);
  }
}

async function execute(deps: RunDeps, input: FlowRunInput): Promise<FlowRunAnswer> {
  const operation = new WithStartWorkflowOperation(flowRunWorkflow, {
    workflowId: workflowIdOf(input),
    taskQueue: deps.taskQueue,
    workflowIdConflictPolicy: 'FAIL',
    workflowExecutionTimeout: answerTimeoutMs * 2,
    args: [input],
  });
  try {
    return await deps.temporal.withDeadline(Date.now() + answerTimeoutMs, () =>
      deps.temporal.workflow.executeUpdateWithStart<never, FlowRunAnswer, []>(replyUpdate, {
        args: [],
        startWorkflowOperation: operation as never, // the workflow is named, its type is not imported here
      }),
    );
  } catch (cause) {
    const isLate = cause instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(cause);
    throw new AppError('service_unavailable', {
      message: isLate ? 'No worker answered in time.' : 'Temporal does not answer right now.',
      cause,
    });
  }
}

function toInput(call: OperationTest, plan: Plan): FlowRunInput {
  return {
    engine: planEngine,
    plan,
    planRef: { flowVersionId: plan.flowId, planHash: plan.hash },
    tenantId: call.tenantId,
    runId: ulid(),
    flowId: plan.flowId,
    trigger: null,
    isTest: true,
  };
}

async function planFor(deps: RunDeps, call: OperationTest): Promise<Plan> {
  const found = await deps.catalog.find(call.tenantId, call.slug, call.version);
  if (!found) throw new AppError('connector_not_found');
  const operation = findOperation(found.manifest, call.operation);
  if (!operation) throw new AppError('operation_unknown');
  const timeoutMs = Math.min(callTimeoutMs, operation.resilience?.timeoutMs ?? found.manifest.resilience.timeoutMs);
  const content: Omit<Plan, 'hash'> = {
    engine: planEngine,
    flowId: 'operation-test',
    flowName: operation.title,
    mode: 'standard',
    trigger: { kind: 'manual' },
    steps: {
      call: {
        kind: 'operation',
        key: 'call',
        title: operation.title,
        connector: { slug: call.slug, version: call.version, integrity: found.integrity },
        operation: call.operation,
        activityType: `${call.slug}@${call.version}/${call.operation}`,
        ...(call.connectionId !== undefined && { connectionId: call.connectionId }),
        input: Object.fromEntries(Object.entries(call.input).map(([name, value]) => [name, { value }])),
        effect: operation.effect,
        resilience: { timeoutMs, maxRetries: 0, retryDelayMs: 0, backoff: 'none' },
        isLocal: false,
      },
    },
    scopes: { root: { steps: ['call'], edges: [] } },
  };
  return { ...content, hash: hashOf(content) };
}
