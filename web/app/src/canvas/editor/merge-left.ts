/** Loaded when somebody restores edits: merging is seldom needed. */
import { mergeDocuments } from '@patchbay/canvas-core';
import type { FlowDocument } from '@patchbay/flow-model';
import type { DraftCopy } from './draft-copies.ts';

/** Edits that were left, brought into the flow as it is now; undefined when both changed the same. */
export function mergeLeft({ base, document }: DraftCopy, current: FlowDocument): FlowDocument | undefined {
  const merged = mergeDocuments({ base, mine: document, theirs: current });
  return merged.conflicts.length === 0 ? merged.document : undefined;
}
