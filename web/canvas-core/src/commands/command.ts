import type { FlowDocument } from '@patchbay/flow-model';
import type { ErrorCode } from '@patchbay/errors';

/**
 * An edit of the document. `apply` is pure: it answers with the next document, or with the same object when nothing
 * changes. Undo restores the document before it, so every command can be undone without a hand-written inverse.
 */
export interface Command {
  readonly name: string;
  /** What the undo menu says, for example `Add step`. */
  readonly label: string;
  /** Commands with the same key within the merge time become one step of undo (typing, a burst of arrow keys). */
  readonly mergeKey?: string;
  apply(document: FlowDocument): CommandResult;
}

/** The next document, or why the edit is not allowed. */
export type CommandResult =
  { readonly document: FlowDocument; readonly select?: readonly string[] } | { readonly denied: Denial };

/** Why an edit is refused; shown as a sentence, never thrown. */
export interface Denial {
  readonly code: ErrorCode;
  readonly reason: string;
}

/** Allows an edit. `select` names what is selected afterwards. */
export const allow = (document: FlowDocument, select?: readonly string[]): CommandResult =>
  select === undefined ? { document } : { document, select };

/** Refuses an edit. */
export const deny = (reason: string, code: ErrorCode = 'flow_invalid'): CommandResult => ({ denied: { code, reason } });
