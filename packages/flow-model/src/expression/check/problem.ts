import type { ErrorCode } from '@patchbay/errors';

/** Something wrong with a binding, found without running it. `FlowIssue` adds the step. */
export interface ExpressionProblem {
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  readonly message: string;
  /** JSON pointer inside the binding, `''` for the whole. */
  readonly field: string;
  /** 1-based column in the formula or template. */
  readonly column?: number;
  /** Replaces the whole formula. */
  readonly fix?: { readonly label: string; readonly replacement: string };
}
