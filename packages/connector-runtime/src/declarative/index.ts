export {
  createDeclarativeRunner,
  type DeclarativeAnswer,
  type DeclarativeCall,
  type DeclarativeRunner,
  type DeclarativeRunnerOptions,
} from './declarative-runner.ts';
export type { EgressPolicy } from '../egress/allow-list.ts';
export type { FetchTextOptions, FormAnswer, FormPost, GuardedHttp } from '../http/guarded-http.ts';
export { findInputProblems } from '../input-check.ts';
