/** Undo and redo over snapshots. Edits with the same key within a moment are one step, so that typing is not undone by letters. */
export interface FieldHistory<Snapshot> {
  /** Call before an edit, with what there was. */
  record(before: Snapshot, mergeKey: string): void;
  undo(present: Snapshot): Snapshot | undefined;
  redo(present: Snapshot): Snapshot | undefined;
  /** Forgets everything: what was saved as a whole is not taken back by halves. */
  clear(): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

const mergeMs = 800;
const mostSteps = 200;

/** Makes an empty history. */
export function createFieldHistory<Snapshot>(now: () => number): FieldHistory<Snapshot> {
  let past: Snapshot[] = [];
  let future: Snapshot[] = [];
  let last = { key: '', at: Number.NEGATIVE_INFINITY };
  const move = (from: Snapshot[], to: Snapshot[], present: Snapshot): Snapshot | undefined => {
    const target = from.pop();
    if (target === undefined) return undefined;
    to.push(present);
    last = { key: '', at: Number.NEGATIVE_INFINITY };
    return target;
  };
  return {
    record(before, mergeKey) {
      const at = now();
      const isSameStep = mergeKey === last.key && at - last.at < mergeMs && past.length > 0;
      last = { key: mergeKey, at };
      future = [];
      if (!isSameStep) past = [...past, before].slice(-mostSteps);
    },
    undo: (present) => move(past, future, present),
    redo: (present) => move(future, past, present),
    clear() {
      past = [];
      future = [];
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
  };
}
