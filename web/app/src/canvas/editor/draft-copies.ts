import type { FlowDocument } from '@patchbay/flow-model';

/** Edits that were not saved, and the version they began with. */
export interface DraftCopy {
  readonly revision: number;
  readonly base: FlowDocument;
  readonly document: FlowDocument;
  /** Epoch milliseconds of the last edit. */
  readonly at: number;
}

/** A copy that another tab left behind: it was closed, or it broke down. */
export interface LeftCopy {
  readonly key: string;
  readonly copy: DraftCopy;
}

/** Where copies are kept. */
export type CopyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefixOf = (flowId: string): string => `patchbay.draft.${flowId}.`;

/**
 * The copies that this browser keeps of the unsaved drafts of one flow: one for each tab, so that no tab writes over the
 * edits of another. A tab holds a lock of the name of its copy; a copy whose lock is free was left behind.
 */
export class DraftCopies {
  readonly #storage: CopyStorage;
  readonly #locks: LockManager | undefined;
  readonly #prefix: string;
  readonly #key: string;
  readonly #closed = new AbortController();
  #release: () => void = () => undefined;

  constructor(flowId: string, storage: CopyStorage, locks: LockManager | undefined) {
    this.#storage = storage;
    this.#locks = locks;
    this.#prefix = prefixOf(flowId);
    this.#key = this.#prefix + newTabName();
    void locks?.request(this.#key, () => new Promise<void>((resolve) => (this.#release = resolve)));
  }

  /** Keeps the edits of this tab. A full storage only costs the copy; the server still gets the draft. */
  keep(copy: DraftCopy): void {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(copy));
    } catch {
      this.#storage.removeItem(this.#key);
    }
  }

  /** The edits of this tab are safe. */
  forget(): void {
    this.#storage.removeItem(this.#key);
  }

  /** Tells each copy whose tab is gone: at once, or when a tab that is open now goes without having saved. */
  watchLeft(found: (left: LeftCopy) => void): void {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? '');
    for (const key of keys) {
      if (!key.startsWith(this.#prefix) || key === this.#key) continue;
      const tell = (): void => {
        const text = this.#storage.getItem(key);
        if (text !== null) found({ key, copy: JSON.parse(text) as DraftCopy }); // written by keep()
      };
      // Without locks (an address that is not secure) every copy counts as left; nothing is lost by offering it.
      if (this.#locks === undefined) tell();
      else this.#locks.request(key, { signal: this.#closed.signal }, tell).catch(() => undefined);
    }
  }

  /** A copy was restored, or is not wanted. */
  drop(key: string): void {
    this.#storage.removeItem(key);
  }

  /** The tab closes; its copy stays if there is one. */
  readonly close = (): void => {
    this.#release();
    this.#closed.abort();
  };
}

function newTabName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
