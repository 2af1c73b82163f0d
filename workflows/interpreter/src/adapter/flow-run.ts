/** The workflow: loads the plan, drives the machine, ends as the run ended. */
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import { isAppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { BlobReference, Plan } from '@patchbay/flow-model/plan';
import { approximateSize } from '../core/approximate-size.ts';
import { compactState } from '../core/compact-state.ts';
import type { ClosedRun, FlowRunAnswer, FlowRunInput, FlowRunResult } from '../core/flow-run-contract.ts';
import { replyUpdate } from '../core/flow-run-contract.ts';
import type { MachineState } from '../core/machine-state.ts';
import { createRun, restoreRun, runView, singleStepPlan, type RunMachine } from '../core/index.ts';
import { loadPlan, loadValue, storeValue } from './interpreter-activities.ts';
import { RunDriver } from './run-driver.ts';

/** Results and states above this go to the blob table. */
const inlineLimitBytes = 32 * 1_024;

/** Views above this are not passed to the sink. */
const viewLimitBytes = 512 * 1_024;

/** Calls that leave the workflow; the worker writes the run records. */
export interface RunSinks extends wf.Sinks {
  runRecord: { closed(run: ClosedRun): void };
}

/** Runs one flow. Registered as `flowRun.v1`. */
export async function flowRunV1(input: FlowRunInput): Promise<FlowRunResult> {
  const progress: Progress = { isMovingOn: false };
  wf.setHandler(wf.defineUpdate<FlowRunAnswer>(replyUpdate), () => waitForAnswer(progress));
  try {
    const plan = input.plan ?? (await loadPlan(input));
    const machine = await makeMachine(input, plan);
    progress.machine = machine;
    const driver = new RunDriver(input, plan, machine);
    if ((await driver.run()) === 'continue') return await moveOn(input, machine, progress);
    return await finish(input, plan, machine);
  } catch (error) {
    if (isAppError(error)) throw ApplicationFailure.nonRetryable(error.message, error.code);
    throw error;
  }
}

interface Progress {
  machine?: RunMachine;
  isMovingOn: boolean;
}

async function makeMachine(input: FlowRunInput, plan: Plan): Promise<RunMachine> {
  const { runId, trigger, only, scope, state } = input;
  if (state) {
    const loaded = '$ref' in state ? ((await loadValue(input, state)) as unknown as MachineState) : state;
    return restoreRun(plan, loaded);
  }
  if (only === undefined) return createRun(plan, { runId, trigger });
  return createRun(singleStepPlan(plan, only), { runId, trigger, ...(scope && { seeds: scope }) });
}

async function moveOn(input: FlowRunInput, machine: RunMachine, progress: Progress): Promise<never> {
  const state = compactState(machine.state);
  const json = state as unknown as JsonValue;
  const carried = approximateSize(json) > 8 * inlineLimitBytes ? await storeValue(input, json) : state;
  progress.isMovingOn = true;
  await wf.condition(wf.allHandlersFinished);
  return await wf.continueAsNew<typeof flowRunV1>({ ...input, state: carried });
}

async function finish(input: FlowRunInput, plan: Plan, machine: RunMachine): Promise<FlowRunResult> {
  const { outcome, reply } = machine;
  if (!outcome) throw new Error('The run is not over.');
  report(input, plan, machine);
  if (!wf.allHandlersFinished()) await wf.CancellationScope.nonCancellable(() => wf.condition(wf.allHandlersFinished));
  if (outcome.state === 'cancelled') throw new CancelledFailure('The run was cancelled.');
  if (outcome.state === 'failed') {
    const { code, message } = outcome.error ?? { code: 'run_failed', message: 'The run failed.' };
    throw ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [outcome.error] });
  }
  const output: JsonValue | BlobReference = outcome.output ?? null;
  const isLarge = approximateSize(output) > inlineLimitBytes;
  const kept = isLarge ? ((await storeValue(input, output)) as unknown as JsonValue) : output;
  return { output: kept, ...(reply && { reply }) };
}

/** Best effort: a view too large to pass on is left to the server, which folds the history. */
function report(input: FlowRunInput, plan: Plan, machine: RunMachine): void {
  const { tenantId, runId, flowId, planRef, isTest = false, trigger } = input;
  const view = runView(machine);
  if (approximateSize(view as unknown as JsonValue) > viewLimitBytes) return;
  wf.proxySinks<RunSinks>().runRecord.closed({
    tenantId,
    runId,
    flowId,
    planRef,
    workflowId: wf.workflowInfo().workflowId,
    isTest,
    triggerKind: plan.trigger.kind,
    trigger,
    view,
  });
}

async function waitForAnswer(progress: Progress): Promise<FlowRunAnswer> {
  const isSettled = (): boolean =>
    progress.isMovingOn || progress.machine?.reply !== undefined || progress.machine?.outcome !== undefined;
  if (!isSettled()) await wf.CancellationScope.nonCancellable(() => wf.condition(isSettled));
  const { reply, outcome } = progress.machine ?? {};
  const { state = 'running', output, error } = outcome ?? {};
  return {
    ...(reply && { reply }),
    view: { state, ...(output !== undefined && { output }), ...(error && { error }) },
  };
}
