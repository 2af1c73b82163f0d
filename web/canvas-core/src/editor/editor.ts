import type { FlowDocument } from '@patchbay/flow-model';
import type { Command, Denial } from '../commands/command.ts';
import { emptyHistory, recorded, type History, type HistoryEntry } from './history.ts';
import { cleanSelection, type Selection } from '../selection/selection.ts';

/** Everything the editor holds; each change is a new object. */
export interface EditorState {
  readonly document: FlowDocument;
  readonly selection: Selection;
  /** Grows with each change of the document, also by undo and redo: what autosave listens to. */
  readonly changes: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Label of what undo would take back, for its tooltip. */
  readonly undoLabel?: string;
  readonly redoLabel?: string;
}

/** What an edit came to. */
export type EditOutcome = { readonly isDone: true } | { readonly isDone: false; readonly denied: Denial };

/** The editor without a user interface. */
export interface Editor {
  readonly state: EditorState;
  /** Runs a command; a refused one changes nothing and tells why. */
  run(command: Command): EditOutcome;
  undo(): boolean;
  redo(): boolean;
  select(selection: Selection): void;
  /** Another document altogether (loaded, or merged after a conflict): history starts anew. */
  replace(document: FlowDocument): void;
  /** Called after each change, with the new state; gives the function that ends it. */
  subscribe(listener: (state: EditorState) => void): () => void;
}

/** What an editor starts with. `now` gives milliseconds; undo merges typing by it. */
export interface EditorOptions {
  readonly document: FlowDocument;
  readonly now: () => number;
}

/** Makes an editor. */
export function createEditor(options: EditorOptions): Editor {
  const listeners = new Set<(state: EditorState) => void>();
  let history: History = emptyHistory;
  let state: EditorState = {
    document: options.document,
    selection: { keys: [] },
    changes: 0,
    canUndo: false,
    canRedo: false,
  };

  const become = (document: FlowDocument, selection: Selection): void => {
    const changes = state.changes + (document === state.document ? 0 : 1);
    state = { document, selection: cleanSelection(selection, document), changes, ...undoState(history) };
    for (const listener of listeners) listener(state);
  };

  const step = (from: 'done' | 'undone'): boolean => {
    const entry = history[from].at(-1);
    if (entry === undefined) return false;
    history =
      from === 'done'
        ? { done: history.done.slice(0, -1), undone: [...history.undone, entry] }
        : { done: [...history.done, entry], undone: history.undone.slice(0, -1) };
    become(from === 'done' ? entry.before : entry.after, state.selection);
    return true;
  };

  return {
    get state() {
      return state;
    },
    run: (command) => {
      const result = command.apply(state.document);
      if ('denied' in result) return { isDone: false, denied: result.denied };
      if (result.document !== state.document) {
        history = recorded(
          history,
          entryOf(command, { before: state.document, after: result.document, at: options.now() }),
        );
      }
      become(result.document, result.select === undefined ? state.selection : selectionOf(result.select));
      return { isDone: true };
    },
    undo: () => step('done'),
    redo: () => step('undone'),
    select: (selection) => {
      become(state.document, selection);
    },
    replace: (document) => {
      history = emptyHistory;
      become(document, state.selection);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function entryOf(command: Command, edit: Pick<HistoryEntry, 'before' | 'after' | 'at'>): HistoryEntry {
  return { label: command.label, mergeKey: command.mergeKey, ...edit };
}

function selectionOf(keys: readonly string[]): Selection {
  const [cursor] = keys;
  return cursor === undefined ? { keys } : { keys, cursor };
}

function undoState(history: History): Pick<EditorState, 'canUndo' | 'canRedo' | 'undoLabel' | 'redoLabel'> {
  const undo = history.done.at(-1);
  const redo = history.undone.at(-1);
  return {
    canUndo: undo !== undefined,
    canRedo: redo !== undefined,
    ...(undo === undefined ? {} : { undoLabel: undo.label }),
    ...(redo === undefined ? {} : { redoLabel: redo.label }),
  };
}
