import { Signal } from '@lit-labs/signals';

/**
 * The only module that knows the signal library (TC39 shape, still in labs).
 * An element that reads a signal in `render()` extends `SignalWatcher(PbElement)`.
 */
export { SignalWatcher } from '@lit-labs/signals';

/** A value that elements can watch. */
export interface ReadableSignal<Value> {
  get(): Value;
}

/** A value that its store may change. */
export interface WritableSignal<Value> extends ReadableSignal<Value> {
  set(value: Value): void;
}

/** Makes a writable signal. */
export const createSignal = <Value>(value: Value): WritableSignal<Value> => new Signal.State(value);

/** Makes a signal that follows others. */
export const computeSignal = <Value>(compute: () => Value): ReadableSignal<Value> => new Signal.Computed(compute);
