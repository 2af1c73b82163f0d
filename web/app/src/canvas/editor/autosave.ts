import { isAppError } from '@patchbay/errors';
import type { ApiClient } from '@patchbay/api-contract/client';
import type { FlowDocument } from '@patchbay/flow-model';
import { createSignal, type ReadableSignal } from '../../store/signals.ts';
import type { DraftCopies } from './draft-copies.ts';

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

/** A version of the flow on the server. */
export interface SavedVersion {
  readonly revision: number;
  readonly document: FlowDocument;
}

/** What autosave needs. */
export interface AutosaveOptions {
  readonly api: ApiClient;
  readonly flowId: string;
  readonly revision: number;
  /** The document of that revision. */
  readonly document: FlowDocument;
  readonly copies: Pick<DraftCopies, 'keep' | 'forget'>;
  readonly onSaved: (revision: number) => void;
}

/** Saves the draft after each edit, with the revision it is based on. Nothing that was typed is ever lost. */
export interface Autosave {
  readonly state: ReadableSignal<SaveState>;
  /** The version that the edits began with: the last one that was loaded or saved. */
  readonly base: SavedVersion;
  /** The document changed. */
  changed(document: FlowDocument): void;
  /** Saves now; resolves when the draft is stored, or false when it is not. */
  flush(): Promise<boolean>;
  /** After a conflict: save over the other version. */
  overwrite(revision: number): Promise<boolean>;
  /** After a conflict, or on load: the server's version is taken. */
  accept(version: SavedVersion): void;
  /** The edits go on from another version, because they were merged into it or were made on it. */
  rebase(version: SavedVersion): void;
  stop(): void;
}

const pauseMs = 600;
const retryMs = 3_000;

/** Starts autosave of one flow. */
export function createAutosave(options: AutosaveOptions): Autosave {
  return new DraftSaver(options);
}

class DraftSaver implements Autosave {
  readonly #options: AutosaveOptions;
  readonly #state = createSignal<SaveState>({ kind: 'saved', at: Date.now() });
  #base: SavedVersion;
  #pending: FlowDocument | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#base = { revision: options.revision, document: options.document };
  }

  get state(): ReadableSignal<SaveState> {
    return this.#state;
  }

  get base(): SavedVersion {
    return this.#base;
  }

  changed(document: FlowDocument): void {
    this.#pending = document;
    this.#keepLocally(document);
    const { kind } = this.#state.get();
    if (kind === 'conflict') return;
    if (kind !== 'saving') this.#state.set({ kind: 'unsaved' });
    this.#later(pauseMs);
  }

  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#state.get().kind === 'conflict') return false;
    this.#running ??= this.#save().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  overwrite(revision: number): Promise<boolean> {
    this.rebase({ ...this.#base, revision });
    return this.flush();
  }

  rebase(version: SavedVersion): void {
    this.#base = version;
    this.#state.set({ kind: 'unsaved' });
  }

  accept(version: SavedVersion): void {
    this.#base = version;
    this.#pending = undefined;
    clearTimeout(this.#timer);
    this.#forgetLocally();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  #keepLocally(document: FlowDocument): void {
    const { revision, document: base } = this.#base;
    this.#options.copies.keep({ revision, base, document, at: Date.now() });
  }

  #forgetLocally(): void {
    this.#options.copies.forget();
    this.#state.set({ kind: 'saved', at: Date.now() });
  }

  async #save(): Promise<boolean> {
    const { api, flowId, onSaved } = this.#options;
    while (this.#pending !== undefined) {
      const document = this.#pending;
      this.#state.set({ kind: 'saving' });
      try {
        const answer = await api.call('updateFlow', {
          params: { id: flowId },
          body: { document },
          revision: this.#base.revision,
        });
        const revision = answer.revision ?? this.#base.revision + 1;
        this.#base = { revision, document };
        if (this.#pending === document) this.#pending = undefined;
        onSaved(revision);
      } catch (error) {
        return this.#failed(error);
      }
    }
    this.#forgetLocally();
    return true;
  }

  #failed(error: unknown): false {
    const isConflict = isAppError(error) && (error.code === 'revision_conflict' || error.code === 'revision_required');
    if (isConflict) this.#state.set({ kind: 'conflict' });
    else if (isAppError(error) && error.kind === 'unavailable') {
      this.#state.set({ kind: 'offline' });
      this.#later(retryMs);
    } else this.#state.set({ kind: 'refused', error });
    return false;
  }
}
