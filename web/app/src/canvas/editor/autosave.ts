import { isAppError } from '@patchbay/errors';
import type { ApiClient } from '@patchbay/api-contract/client';
import type { FlowDocument } from '@patchbay/flow-model';
import { createSignal, type ReadableSignal } from '../../store/signals.ts';

/** Where the draft stands. */
export type SaveState =
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** The server cannot be reached; the draft is kept in this browser. */
  | { readonly kind: 'offline' }
  /** Somebody else saved since: this person decides. */
  | { readonly kind: 'conflict' }
  /** The server refused the draft. */
  | { readonly kind: 'refused'; readonly error: unknown };

/** What autosave needs. */
export interface AutosaveOptions {
  readonly api: ApiClient;
  readonly flowId: string;
  readonly revision: number;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly onSaved: (revision: number) => void;
}

/** Saves the draft after each edit, with the revision it is based on. Nothing that was typed is ever lost. */
export interface Autosave {
  readonly state: ReadableSignal<SaveState>;
  /** The document changed. */
  changed(document: FlowDocument): void;
  /** Saves now; resolves when the draft is stored, or false when it is not. */
  flush(): Promise<boolean>;
  /** After a conflict: save over the other version. */
  overwrite(revision: number): Promise<boolean>;
  /** After a conflict, or on load: the server's version is taken. */
  accept(revision: number): void;
  stop(): void;
}

const pauseMs = 600;
const retryMs = 3_000;

/** Key of the copy that this browser keeps of a draft that is not saved. */
export const localCopyKey = (flowId: string): string => `patchbay.draft.${flowId}`;

/** Starts autosave of one flow. */
export function createAutosave(options: AutosaveOptions): Autosave {
  const state = createSignal<SaveState>({ kind: 'saved', at: Date.now() });
  let revision = options.revision;
  let pending: FlowDocument | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;

  const later = (pause: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pause);
  };
  const save = async (): Promise<boolean> => {
    while (pending !== undefined) {
      const document = pending;
      state.set({ kind: 'saving' });
      try {
        const answer = await options.api.call('updateFlow', {
          params: { id: options.flowId },
          body: { document },
          revision,
        });
        revision = answer.revision ?? revision + 1;
        if (pending === document) pending = undefined;
        options.onSaved(revision);
      } catch (error) {
        return failed(error);
      }
    }
    options.storage.removeItem(localCopyKey(options.flowId));
    state.set({ kind: 'saved', at: Date.now() });
    return true;
  };
  const failed = (error: unknown): false => {
    if (isAppError(error) && (error.code === 'revision_conflict' || error.code === 'revision_required'))
      state.set({ kind: 'conflict' });
    else if (isAppError(error) && error.kind === 'unavailable') {
      state.set({ kind: 'offline' });
      later(retryMs);
    } else state.set({ kind: 'refused', error });
    return false;
  };
  const flush = async (): Promise<boolean> => {
    clearTimeout(timer);
    if (state.get().kind === 'conflict') return false;
    running ??= save().finally(() => (running = undefined));
    return running;
  };
  return {
    state,
    changed: (document) => {
      pending = document;
      try {
        options.storage.setItem(localCopyKey(options.flowId), JSON.stringify({ revision, document }));
      } catch {
        // A full storage only costs the local copy; the server still gets the draft.
      }
      if (state.get().kind === 'conflict') return;
      if (state.get().kind !== 'saving') state.set({ kind: 'unsaved' });
      later(pauseMs);
    },
    flush,
    overwrite: (newRevision) => {
      revision = newRevision;
      state.set({ kind: 'unsaved' });
      return flush();
    },
    accept: (newRevision) => {
      revision = newRevision;
      pending = undefined;
      clearTimeout(timer);
      options.storage.removeItem(localCopyKey(options.flowId));
      state.set({ kind: 'saved', at: Date.now() });
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
