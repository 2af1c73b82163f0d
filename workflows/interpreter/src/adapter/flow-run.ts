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
import { createRun, restoreRun, runView, singleStepPlan, type Command, type RunMachine } from '../core/index.ts';
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

const answerUpdate = wf.defineUpdate<FlowRunAnswer>(replyUpdate);

/** Runs one flow. Registered as `flowRun.v1`. Waits only where it must: each promise of a run costs a stack trace. */
export async function flowRunV1(input: FlowRunInput): Promise<FlowRunResult> {
  const progress: Progress = { isMovingOn: false };
  try {
    const { plan, machine, first } = beginAtOnce(input, progress) ?? (await beginLater(input, progress));
    if (!isOverAtOnce(first)) {
      const driver = new RunDriver(input, plan, machine);
      if ((await driver.run(first)) === 'continue') return await moveOn(input, machine, progress);
    }
    report(input, plan, machine);
    if (!wf.allHandlersFinished()) await untilAnswered();
    const result = resultOf(machine);
    return isLarge(result) ? await storeResult(input, result) : result;
  } catch (error) {
    if (isAppError(error)) throw ApplicationFailure.nonRetryable(error.message, error.code);
    throw error;
  }
}

interface Progress {
  machine?: RunMachine;
  isMovingOn: boolean;
}

/** A run after its first go. */
interface BegunRun {
  readonly plan: Plan;
  readonly machine: RunMachine;
  /** Not carried out yet. */
  readonly first: readonly Command[];
}

/**
 * The first go of a run that needs nothing from outside. Its update is accepted after that, and so has its answer without
 * waiting if there was nothing to wait for; commands of the first go come after the acceptance, as in a run that begins later.
 */
function beginAtOnce(input: FlowRunInput, progress: Progress): BegunRun | undefined {
  try {
    if (!input.plan || isReference(input.state)) return undefined;
    return begin(input.plan, makeMachine(input, input.plan, input.state), progress);
  } finally {
    wf.setHandler(answerUpdate, () => answerNow(progress) ?? waitForAnswer(progress));
  }
}

async function beginLater(input: FlowRunInput, progress: Progress): Promise<BegunRun> {
  const plan = input.plan ?? (await loadPlan(input));
  const { state } = input;
  const loaded = isReference(state) ? ((await loadValue(input, state)) as unknown as MachineState) : state;
  return begin(plan, makeMachine(input, plan, loaded), progress);
}

function begin(plan: Plan, machine: RunMachine, progress: Progress): BegunRun {
  progress.machine = machine;
  return { plan, machine, first: machine.start(Date.now()) };
}

/** A run of transforms and branches only: a driver would have nothing to do. */
function isOverAtOnce(first: readonly Command[]): boolean {
  return first.some(({ type }) => type === 'done') && first.every(({ type }) => type === 'done' || type === 'reply');
}

function isReference(state: FlowRunInput['state']): state is BlobReference {
  return state !== undefined && '$ref' in state;
}

function makeMachine(input: FlowRunInput, plan: Plan, state: MachineState | undefined): RunMachine {
  if (state) return restoreRun(plan, state);
  const { runId, trigger, only, scope } = input;
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

/** The result of a run that succeeded; throws what ends the workflow as the run ended. */
function resultOf({ outcome, reply }: RunMachine): FlowRunResult {
  if (!outcome) throw new Error('The run is not over.');
  if (outcome.state === 'cancelled') throw new CancelledFailure('The run was cancelled.');
  if (outcome.state === 'failed') {
    const { code, message } = outcome.error ?? { code: 'run_failed', message: 'The run failed.' };
    throw ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [outcome.error] });
  }
  return { output: outcome.output ?? null, ...(reply && { reply }) };
}

function isLarge({ output }: FlowRunResult): boolean {
  return approximateSize(output) > inlineLimitBytes;
}

async function storeResult(input: FlowRunInput, result: FlowRunResult): Promise<FlowRunResult> {
  return { ...result, output: (await storeValue(input, result.output)) as unknown as JsonValue };
}

/** Turns of the microtask queue that Temporal needs to send the answer of a handler that did not wait. */
const answerTurns = 8;

/** The answer must be on its way before the run ends. A condition would do, but costs a fifth of a short run. */
async function untilAnswered(): Promise<void> {
  const turnOver = Promise.resolve();
  for (let turn = 0; turn < answerTurns && !wf.allHandlersFinished(); turn += 1) await turnOver;
  if (!wf.allHandlersFinished()) await wf.CancellationScope.nonCancellable(() => wf.condition(wf.allHandlersFinished));
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
  const isSettled = (): boolean => answerNow(progress) !== undefined;
  await wf.CancellationScope.nonCancellable(() => wf.condition(isSettled));
  return answerNow(progress) ?? { view: { state: 'running' } };
}

/** The answer, as soon as there is one to give. */
function answerNow({ machine, isMovingOn }: Progress): FlowRunAnswer | undefined {
  const { reply, outcome } = machine ?? {};
  if (!isMovingOn && reply === undefined && outcome === undefined) return undefined;
  const { state = 'running', output, error } = outcome ?? {};
  return {
    ...(reply && { reply }),
    view: { state, ...(output !== undefined && { output }), ...(error && { error }) },
  };
}
