import type { Editor } from '@patchbay/canvas-core';
import { createSignal, type ReadableSignal } from '../../store/signals.ts';
import type { Autosave } from './autosave.ts';
import type { DraftCopies, LeftCopy } from './draft-copies.ts';

/** Edits that closed tabs of this browser never saved. */
export interface LeftEdits {
  readonly copies: ReadableSignal<readonly LeftCopy[]>;
  /** Takes up edits that a closed tab left; what does not fit the flow of today becomes a conflict to decide on. */
  restore(left: LeftCopy): Promise<void>;
  drop(left: LeftCopy): void;
}

/** Looks for edits that were left behind, and brings them back when somebody asks. */
export function createLeftEdits(copies: DraftCopies, editor: Editor, autosave: Autosave): LeftEdits {
  const found = createSignal<readonly LeftCopy[]>([]);
  copies.watchLeft((left) => {
    found.set([...found.get(), left].sort((one, other) => other.copy.at - one.copy.at));
  });
  const drop = ({ key }: LeftCopy): void => {
    copies.drop(key);
    found.set(found.get().filter((one) => one.key !== key));
  };
  const take = (document: LeftCopy['copy']['document']): void => {
    editor.run({ name: 'restore', label: 'Restore edits', apply: () => ({ document }) });
  };
  const bringBack = async ({ copy }: LeftCopy): Promise<void> => {
    const { mergeLeft } = await import('./merge-left.ts');
    const merged = mergeLeft(copy, editor.state.document);
    if (merged !== undefined) take(merged);
    else {
      await autosave.flush();
      autosave.rebase({ revision: copy.revision, document: copy.base });
      take(copy.document);
    }
  };
  let isRestoring = false;
  return {
    copies: found,
    drop,
    restore: async (left) => {
      // A second click must not take the same copy up again.
      if (isRestoring) return;
      isRestoring = true;
      try {
        await bringBack(left);
        drop(left);
      } finally {
        isRestoring = false;
      }
    },
  };
}
