/**
 * The interpreter: an explicit state machine. A driver starts it, carries out its commands and reports what happened;
 * everything between two reports happens at once, without a promise.
 */
import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import { planEngine, type Plan, type PlanStep, type RunReply, type StepRecord } from '@patchbay/flow-model/plan';
import { closeIteration, launchIteration, startForEach } from './executors/for-each.ts';
import { closeTryFrame, startTry } from './executors/try.ts';
import { runBranch } from './executors/branch.ts';
import { runRespond } from './executors/respond.ts';
import { runStop } from './executors/stop.ts';
import { runTransform } from './executors/transform.ts';
import { startOperation } from './executors/operation.ts';
import { startWait } from './executors/wait.ts';
import { Machine, type StepContext } from './machine.ts';
import { stateVersion, type AgendaItem, type FrameState, type MachineState, type RunOutcome } from './machine-state.ts';
import type { Command, MachineEvent } from './messages.ts';
import { indexPlan } from './plan-index.ts';
import { endRun, failStep, leaveFrame, settleEdges, succeedStep } from './step-end.ts';
import { toStepError } from './step-error.ts';
import { applyEvent } from './apply-event.ts';

/**
 * Work of one go, in steps of the expression evaluator (10 to 50 ns each): about a quarter of a second, 1,000 operations
 * or 2.5 MB of their inputs. A workflow task may take 5 s and 4 MB. When the work is used up, the machine asks for a
 * `resume`.
 */
const workPerGo = 5_000_000;

/** Work of taking one item from the agenda. */
const workPerItem = 50;

/** What a run starts with. */
export interface RunStart {
  readonly runId: string;
  readonly trigger: JsonValue;
  /** More names for expressions, for a step test: outputs of earlier steps, `loop`, `error`. */
  readonly seeds?: Readonly<Record<string, JsonValue>>;
}

/**
 * A run, driven from outside. Every method is synchronous; `at` is epoch milliseconds and never goes back. `clock` is
 * the moment that `now()` gives in formulas of this go, when it is another one.
 */
export interface RunMachine {
  /** Starts the run, or continues one made from a state. */
  start(at: number, clock?: number): readonly Command[];
  /** Takes in what happened. An event about something that is not in flight (any more) changes nothing. */
  advance(event: MachineEvent, at: number, clock?: number): readonly Command[];
  /** True if a `resume` is due. */
  readonly isYielding: boolean;
  readonly outcome: RunOutcome | undefined;
  readonly reply: RunReply | undefined;
  /** From now on events are taken in but nothing new starts, so that the run comes to rest for {@link restoreRun}. */
  hold(): void;
  /** True if no operation is in flight: the state may be carried on; timers are asked for again. */
  readonly isQuiet: boolean;
  /** One record per executed or skipped step, in the order they started. */
  records(): readonly StepRecord[];
  record(path: string): StepRecord | undefined;
  /** The living state. Copy it before the next call, or hand it on. */
  readonly state: MachineState;
}

/** A run from its beginning. Throws `plan_unsupported` for a plan of another engine. */
export function createRun(plan: Plan, start: RunStart): RunMachine {
  const state: MachineState = {
    stateVersion,
    runId: start.runId,
    trigger: start.trigger,
    startedAt: 0,
    records: {},
    frames: {},
    loops: {},
    inFlight: {},
    agenda: [],
  };
  const machine = new Machine(indexPlan(assertEngine(plan)), state);
  return drive(machine, (at) => {
    state.startedAt = at;
    machine.openFrame({ id: 'root', scope: 'root', prefix: '', locals: start.seeds ?? {} });
  });
}

/** A run that goes on from a state. Operations in flight are expected to be answered as before; timers are asked for again. */
export function restoreRun(plan: Plan, state: MachineState): RunMachine {
  const version: number = state.stateVersion;
  if (version !== stateVersion) {
    throw new AppError('plan_unsupported', { message: `State version ${String(version)} is not known.` });
  }
  const machine = new Machine(indexPlan(assertEngine(plan)), state);
  return drive(machine, (at) => {
    for (const [path, { until }] of Object.entries(state.inFlight)) {
      if (until !== undefined) machine.commands.push({ type: 'sleep', path, ms: Math.max(until - at, 1) });
    }
  });
}

function assertEngine(plan: Plan): Plan {
  const engine: number = plan.engine;
  if (engine === planEngine) return plan;
  throw new AppError('plan_unsupported', { message: `The plan needs engine ${String(engine)}.` });
}

function drive(machine: Machine, begin: (at: number) => void): RunMachine {
  const { state } = machine;
  let isHeld = false;
  const go = ([at, clock]: readonly [number, number], act: () => void): readonly Command[] => {
    machine.now = at;
    machine.clock = clock;
    machine.work = workPerGo;
    machine.commands = [];
    act();
    if (!isHeld || state.ending) workOff(machine);
    return machine.commands;
  };
  return {
    state,
    start: (at, clock = at) =>
      go([at, clock], () => {
        begin(at);
      }),
    advance: (event, at, clock = at) =>
      go([at, clock], () => {
        applyEvent(machine, event);
      }),
    hold: () => {
      isHeld = true;
    },
    get isYielding() {
      return state.agenda.length > 0;
    },
    get isQuiet() {
      return Object.values(state.inFlight).every((waiting) => waiting.kind === 'sleep');
    },
    get outcome() {
      return state.outcome;
    },
    get reply() {
      return state.reply;
    },
    records: () => Object.values(state.records),
    record: (path) => state.records[path],
  };
}

function workOff(machine: Machine): void {
  const { state } = machine;
  let head = 0;
  while (machine.work > 0) {
    const item = state.agenda[head];
    if (!item) break;
    head += 1;
    machine.work -= workPerItem;
    perform(machine, item);
  }
  state.agenda = state.agenda.slice(head);
  if (state.agenda.length > 0) machine.commands.push({ type: 'yield' });
}

function perform(machine: Machine, item: AgendaItem): void {
  switch (item.do) {
    case 'start':
      startStep(machine, machine.frame(item.frame), item.key);
      break;
    case 'skip':
      skipStep(machine, machine.frame(item.frame), item.key);
      break;
    case 'leave':
      leaveFrame(machine, machine.frame(item.frame));
      break;
    case 'close':
      closeFrame(machine, machine.frame(item.frame));
      break;
    case 'launch':
      launchIteration(machine, item.loop);
      break;
  }
}

function startStep(machine: Machine, frame: FrameState, key: string): void {
  if (machine.isStopped(frame)) {
    leaveFrame(machine, frame);
    return;
  }
  const step = machine.index.step(key);
  const path = frame.prefix + key;
  const record = (machine.state.records[path] = {
    path,
    key,
    state: 'running',
    startedAt: machine.now,
    attempts: 0,
  });
  const context: StepContext = { frame, step, path, record };
  if (step.disabled) {
    passDisabled(machine, context);
    return;
  }
  try {
    execute(machine, context, step);
  } catch (error) {
    failStep(machine, context, toStepError(error, path));
  }
}

/** A disabled step counts as succeeded with output null, but never gives the output of its scope. */
function passDisabled(machine: Machine, context: StepContext): void {
  const { lastIndex } = context.frame;
  succeedStep(machine, context, { output: null });
  context.frame.lastIndex = lastIndex;
  context.record.state = 'skipped';
}

function execute(machine: Machine, context: StepContext, step: PlanStep): void {
  switch (step.kind) {
    case 'operation':
      startOperation(machine, context, step);
      break;
    case 'branch':
      runBranch(machine, context, step);
      break;
    case 'transform':
      runTransform(machine, context, step);
      break;
    case 'for_each':
      startForEach(machine, context, step);
      break;
    case 'try':
      startTry(machine, context, step);
      break;
    case 'wait':
      startWait(machine, context, step);
      break;
    case 'respond':
      runRespond(machine, context, step);
      break;
    case 'stop':
      runStop(machine, context, step);
      break;
    default:
      unknownKind(step);
  }
}

function unknownKind(step: never): never {
  throw new AppError('plan_unsupported', { message: `Unknown step kind in ${JSON.stringify(step)}.` });
}

function skipStep(machine: Machine, frame: FrameState, key: string): void {
  if (!machine.isStopped(frame)) {
    const path = frame.prefix + key;
    machine.state.records[path] = { path, key, state: 'skipped', attempts: 0 };
    settleEdges(machine, frame, { key, ports: [] });
  }
  leaveFrame(machine, frame);
}

/** Hands the frame's result to the step that opened it, or ends the run. */
function closeFrame(machine: Machine, frame: FrameState): void {
  const { parent } = frame;
  if (!parent) {
    endRun(machine, frame);
    return;
  }
  const outer = machine.frame(parent.frame);
  const context = machine.contextOf(outer, parent.key);
  if (context.step.kind === 'for_each') closeIteration(machine, context, frame);
  else closeTryFrame(machine, context, frame);
}
