export {
  planEngine,
  type Plan,
  type PlanBranchStep,
  type PlanForEachStep,
  type PlanOperationStep,
  type PlanResilience,
  type PlanRespondStep,
  type PlanScope,
  type PlanStep,
  type PlanStopStep,
  type PlanTransformStep,
  type PlanTryStep,
  type PlanWaitStep,
} from './plan.ts';
export {
  type BlobReference,
  type RunReply,
  type RunState,
  type RunView,
  type StepError,
  type StepRecord,
  type StepState,
} from './run-view.ts';
