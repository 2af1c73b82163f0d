/** What expressions of a step may name: `trigger`, `run`, outputs of its own and enclosing scopes, `loop`, `error`. */
import type { JsonValue } from '@patchbay/flow-model';
import type { FrameState, MachineState } from './machine-state.ts';

/** Names and values for the evaluator. */
export type ExpressionValues = Record<string, JsonValue>;

/**
 * Keeps one object of names per frame, because copying all outputs at every step would make a long flow quadratic.
 * Derived from the state, never part of it.
 */
export class ExpressionScopes {
  readonly #values = new Map<string, ExpressionValues>();
  readonly #state: MachineState;

  constructor(state: MachineState) {
    this.#state = state;
  }

  /** Names visible in the frame. */
  valuesOf(frame: FrameState): ExpressionValues {
    const known = this.#values.get(frame.id);
    if (known) return known;
    const outer = frame.parent ? this.#state.frames[frame.parent.frame] : undefined;
    const inherited = outer ? this.valuesOf(outer) : { trigger: this.#state.trigger, run: { id: this.#state.runId } };
    const values = { ...inherited, ...frame.locals, ...frame.outputs };
    this.#values.set(frame.id, values);
    return values;
  }

  /** A step of the frame has an output now. */
  setOutput(frame: FrameState, key: string, output: JsonValue): void {
    frame.outputs[key] = output;
    const values = this.#values.get(frame.id);
    if (values) values[key] = output;
  }

  /** The frame is closed. */
  forget(frameId: string): void {
    this.#values.delete(frameId);
  }
}
