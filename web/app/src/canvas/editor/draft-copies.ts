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

/** How long a tab that is just closing may hold on to its name. */
const releaseMs = 500;

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

  /** Copies of tabs that are gone, the latest first. */
  async left(): Promise<LeftCopy[]> {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? '');
    const others = keys.filter((key) => key.startsWith(this.#prefix) && key !== this.#key);
    const found = await Promise.all(others.map(async (key) => ((await this.#isFree(key)) ? this.#read(key) : [])));
    return found.flat().sort((one, other) => other.copy.at - one.copy.at);
  }

  /** A copy was restored, or is not wanted. */
  drop(key: string): void {
    this.#storage.removeItem(key);
  }

  /** The tab closes; its copy stays if there is one. */
  readonly close = (): void => {
    this.#release();
  };

  #read(key: string): LeftCopy[] {
    const text = this.#storage.getItem(key);
    return text === null ? [] : [{ key, copy: JSON.parse(text) as DraftCopy }]; // written by keep()
  }

  /** Without locks (an address that is not secure) every copy counts as left behind; nothing is lost by offering it. */
  async #isFree(key: string): Promise<boolean> {
    if (this.#locks === undefined) return true;
    try {
      await this.#locks.request(key, { signal: AbortSignal.timeout(releaseMs) }, () => undefined);
      return true;
    } catch {
      return false;
    }
  }
}

function newTabName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
