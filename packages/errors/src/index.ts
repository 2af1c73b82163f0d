export {
  AppError,
  isAppError,
  toAppError,
  type AppErrorOptions,
  type ErrorDetails,
  type FieldProblem,
} from './app-error.ts';
export type { ErrorCodeRow } from './code-row.ts';
export { errorCodes, isErrorCode, type ErrorCode } from './codes.ts';
export { errorKinds, type ErrorKind } from './kind.ts';
export { fromProblemBody, toProblemBody, type ProblemBody } from './problem.ts';
