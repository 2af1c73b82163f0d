/** The parts that executors share: the run's state, its plan, and how a step starts and ends. */
import type { Binding, JsonValue } from '@patchbay/flow-model';
import type { PlanStep, StepError, StepState } from '@patchbay/flow-model/plan';
import { evaluateFormula, maxSteps, newBudget, resolveBinding } from '@patchbay/flow-model/expression';
import type { Command } from './messages.ts';
import type { FrameState, MachineState, MutableStepRecord } from './machine-state.ts';
import type { PlanIndex } from './plan-index.ts';
import { ExpressionScopes } from './expression-values.ts';

/** Work of an evaluation beside the steps it counts itself. */
const workPerEvaluation = 100;

/** A step in a frame, about to run or running. */
export interface StepContext {
  readonly frame: FrameState;
  readonly step: PlanStep;
  readonly path: string;
  readonly record: MutableStepRecord;
}

/** One run while it is driven. Only {@link Machine.state} lasts. */
export class Machine {
  readonly index: PlanIndex;
  readonly state: MachineState;
  readonly scopes: ExpressionScopes;
  commands: Command[] = [];
  /** Work left in this go, see {@link workPerGo}. */
  work = 0;
  now = 0;
  /** What `now()` in formulas gives; in the fold of a history it may be later than {@link now}. */
  clock = 0;

  constructor(index: PlanIndex, state: MachineState) {
    this.index = index;
    this.state = state;
    this.scopes = new ExpressionScopes(state);
  }

  /** The frame with this id; it is there as long as one of its steps is active. */
  frame(id: string): FrameState {
    const frame = this.state.frames[id];
    if (!frame) throw new Error(`Frame ${id} is closed.`);
    return frame;
  }

  /** The context of a step that has started. */
  contextOf(frame: FrameState, key: string): StepContext {
    const path = frame.prefix + key;
    const record = this.state.records[path];
    if (!record) throw new Error(`Step ${path} has not started.`);
    return { frame, step: this.index.step(key), path, record };
  }

  /** True if nothing new may start in the frame: the run is ending, or it or an enclosing frame has failed. */
  isStopped(frame: FrameState): boolean {
    if (this.state.ending) return true;
    let current: FrameState | undefined = frame;
    while (current) {
      if (current.error) return true;
      current = current.parent && this.state.frames[current.parent.frame];
    }
    return false;
  }

  /** Value of a binding in the step's frame. Throws the expression's AppError. */
  resolve(frame: FrameState, binding: Binding): JsonValue {
    if ('value' in binding) return binding.value;
    const budget = newBudget(this.clock);
    try {
      return resolveBinding(binding, this.scopes.valuesOf(frame), budget);
    } finally {
      this.work -= workPerEvaluation + maxSteps - budget.remaining;
    }
  }

  /** Value of a formula in the step's frame. Throws the expression's AppError. */
  evaluate(frame: FrameState, formula: string): JsonValue {
    const budget = newBudget(this.clock);
    try {
      return evaluateFormula(formula, this.scopes.valuesOf(frame), budget);
    } finally {
      this.work -= workPerEvaluation + maxSteps - budget.remaining;
    }
  }

  /** Opens a frame and queues the steps it starts with. */
  openFrame(
    options: Pick<FrameState, 'id' | 'scope' | 'prefix' | 'locals'> & Pick<Partial<FrameState>, 'parent'>,
  ): void {
    const { initial } = this.index.scope(options.scope);
    const frame: FrameState = {
      ...options,
      remaining: {},
      taken: {},
      active: initial.length,
      lastIndex: -1,
      outputs: {},
    };
    this.state.frames[frame.id] = frame;
    for (const key of initial) this.state.agenda.push({ do: 'start', frame: frame.id, key });
    if (initial.length === 0) this.state.agenda.push({ do: 'close', frame: frame.id });
  }

  /** Output of the frame: that of the last step in topological order that ran. */
  outputOf(frame: FrameState): JsonValue {
    const key = this.index.scope(frame.scope).steps[frame.lastIndex];
    return (key === undefined ? undefined : frame.outputs[key]) ?? null;
  }
}

/** Marks the end in a step's record. */
export function closeRecord(machine: Machine, record: MutableStepRecord, state: StepState): void {
  record.state = state;
  record.endedAt = machine.now;
}

/** An error as JSON, for `error` in a catch scope. */
export function errorValue(error: StepError): JsonValue {
  const { hint, details, ...rest } = error;
  return { ...rest, ...(hint !== undefined && { hint }), ...(details !== undefined && { details }) };
}
