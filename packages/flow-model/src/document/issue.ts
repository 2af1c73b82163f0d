import type { ErrorCode } from '@patchbay/errors';

/** A problem of a flow, shown in the problems list; it leads to the step and field. */
export interface FlowIssue {
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  /** One sentence that names what is wrong and what was expected. */
  readonly message: string;
  /** Key of the step, `trigger`, or absent for the whole flow. */
  readonly step?: string;
  /** JSON pointer of the field inside the step, for example `/input/email`; without a step, inside the document. */
  readonly field?: string;
  /** 1-based column inside the expression. */
  readonly column?: number;
  /** A one-click fix, if there is one: replaces the value at `field`. */
  readonly fix?: { readonly label: string; readonly replacement: string };
}
