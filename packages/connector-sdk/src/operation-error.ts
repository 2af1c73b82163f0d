import { AppError, type AppErrorOptions, type ErrorCode } from '@patchbay/errors';

/** Codes a connector may fail with. */
export type OperationErrorCode = Extract<
  ErrorCode,
  | `remote_${string}`
  | 'network_error'
  | 'operation_input_invalid'
  | 'operation_timeout'
  | 'operation_cancelled'
  | 'operation_outcome_unknown'
  | 'response_too_large'
>;

/** Makes the error an operation throws. The code decides whether the call is tried again. */
export function operationError(code: OperationErrorCode, options: AppErrorOptions = {}): AppError {
  return new AppError(code, options);
}
