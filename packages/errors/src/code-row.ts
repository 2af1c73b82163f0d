import type { ErrorKind } from './kind.ts';

/** One row of the code table: who acts, what happened in one sentence, what to do about it. */
export interface ErrorCodeRow {
  readonly kind: ErrorKind;
  /** Default sentence for a person; a throw site may give a more exact one. */
  readonly message: string;
  /** What to do now, in one sentence. */
  readonly hint: string;
}

/** Writes one row. */
export const row = (kind: ErrorKind, message: string, hint: string): ErrorCodeRow => ({ kind, message, hint });
