export {
  AppError,
  isAppError,
  toAppError,
  type AppErrorOptions,
  type ErrorDetails,
  type FieldProblem,
} from './app-error.ts';
export { errorCodes, isErrorCode, type ErrorCode, type ErrorCodeRow } from './codes.ts';
export { errorKinds, type ErrorKind } from './kind.ts';
export { fromProblemBody, toProblemBody, type ProblemBody } from './problem.ts';
