export { foldHistory, type RunHistory } from './fold-history.ts';
export { leavesFastMode, startsLocally } from './fast-mode.ts';
export {
  flowRunWorkflow,
  interpreterActivities,
  replyUpdate,
  type ClosedRun,
  type FlowRunAnswer,
  type FlowRunInput,
  type FlowRunResult,
  type OperationAnswer,
  type OperationCall,
  type OperationFailureDetails,
  type PlanReference,
} from './flow-run-contract.ts';
export { retirementActivity, retirementClockWorkflow } from './retirement-clock-contract.ts';
export { type HistoryEvent, type PendingOperation } from './history-events.ts';
export { type MachineState, type RunOutcome } from './machine-state.ts';
export { type Command, type MachineEvent, type OperationError } from './messages.ts';
export {
  driveInMemory,
  runInMemory,
  toOperationError,
  type InMemoryCall,
  type InMemoryPort,
  type InMemoryResult,
} from './run-in-memory.ts';
export { createRun, restoreRun, type RunMachine, type RunStart } from './run-machine.ts';
export { runView } from './run-view.ts';
export { singleStepPlan } from './single-step.ts';
export {
  toHistoryEvents,
  toPendingOperations,
  type DecodePayload,
  type RawHistoryEvent,
  type RawPayload,
} from './temporal-history.ts';
