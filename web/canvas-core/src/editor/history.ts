import type { FlowDocument } from '@patchbay/flow-model';

/** One step of undo: the documents around it. */
export interface HistoryEntry {
  readonly label: string;
  readonly before: FlowDocument;
  readonly after: FlowDocument;
  readonly mergeKey: string | undefined;
  /** Milliseconds of the editor's clock. */
  readonly at: number;
}

/** Undo and redo as immutable data; documents share what did not change, so entries are small. */
export interface History {
  readonly done: readonly HistoryEntry[];
  readonly undone: readonly HistoryEntry[];
}

/** Edits with one merge key closer than this become one step of undo. */
export const mergeWindowMs = 800;
const longest = 500;

export const emptyHistory: History = { done: [], undone: [] };

/** The history after one more edit; what was undone is gone. */
export function recorded(history: History, entry: HistoryEntry): History {
  const last = history.done.at(-1);
  const canMerge =
    last !== undefined &&
    entry.mergeKey !== undefined &&
    last.mergeKey === entry.mergeKey &&
    entry.at - last.at <= mergeWindowMs;
  const done = canMerge ? [...history.done.slice(0, -1), { ...entry, before: last.before }] : [...history.done, entry];
  return { done: done.slice(-longest), undone: [] };
}
