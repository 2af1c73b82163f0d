/** Runs a plan without Temporal: for tests, and to simulate a flow in the browser. Nothing survives the process. */
import { type AppError, toAppError } from '@patchbay/errors';
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import type { Plan, PlanOperationStep, RunReply, StepRecord } from '@patchbay/flow-model/plan';
import type { RunOutcome } from './machine-state.ts';
import type { Command, MachineEvent, OperationError } from './messages.ts';
import { createRun, type RunMachine, type RunStart } from './run-machine.ts';

/** The world outside, as an in-memory run sees it. */
export interface InMemoryPort {
  /** Performs one operation with all its retries; throws AppError. */
  runOperation(call: InMemoryCall): Promise<JsonValue>;
  sleep(ms: number, path: string): Promise<void>;
  /** Epoch milliseconds. */
  now(): number;
}

/** One operation to perform. */
export interface InMemoryCall {
  readonly path: string;
  readonly step: PlanOperationStep;
  readonly input: JsonObject;
}

/** A finished run. */
export interface InMemoryResult {
  readonly outcome: RunOutcome;
  readonly reply?: RunReply;
  readonly records: readonly StepRecord[];
}

/** Drives a run from its beginning to its end. Throws only what is a bug: failures of steps are in the result. */
export async function runInMemory(plan: Plan, start: RunStart, port: InMemoryPort): Promise<InMemoryResult> {
  return driveInMemory(createRun(plan, start), plan, port);
}

/** Drives a machine that has not been started yet, also a restored one. */
export function driveInMemory(machine: RunMachine, plan: Plan, port: InMemoryPort): Promise<InMemoryResult> {
  return new Promise((resolve, reject) => {
    const report = (event: MachineEvent): void => {
      try {
        if (!machine.outcome) carryOut(machine.advance(event, port.now()));
      } catch (error) {
        reject(toAppError(error));
      }
    };
    const carryOut = (commands: readonly Command[]): void => {
      for (const command of commands) perform(command);
    };
    const perform = (command: Command): void => {
      if (command.type === 'runOperation') callOperation({ plan, port, report }, command);
      else if (command.type === 'sleep') {
        void port.sleep(command.ms, command.path).then(() => {
          report({ type: 'timerFired', path: command.path });
        }, reject);
      } else if (command.type === 'yield') {
        void Promise.resolve().then(() => {
          report({ type: 'resume' });
        });
      } else if (command.type === 'done') resolve(resultOf(machine));
    };
    carryOut(machine.start(port.now()));
  });
}

interface Driver {
  readonly plan: Plan;
  readonly port: InMemoryPort;
  readonly report: (event: MachineEvent) => void;
}

function callOperation({ plan, port, report }: Driver, command: Extract<Command, { type: 'runOperation' }>): void {
  const { path, key, input } = command;
  const step = plan.steps[key] as PlanOperationStep;
  void port.runOperation({ path, step, input }).then(
    (output) => {
      report({ type: 'operationCompleted', path, output, attempts: 1 });
    },
    (error: unknown) => {
      report({ type: 'operationFailed', path, error: toOperationError(toAppError(error), 1) });
    },
  );
}

/** What the machine needs to know of an AppError. */
export function toOperationError(error: AppError, attempts: number): OperationError {
  return {
    code: error.code,
    message: error.message,
    hint: error.hint,
    retryable: error.isRetryable,
    attempts,
    ...(Object.keys(error.details).length > 0 && { details: error.details as JsonValue }),
  };
}

function resultOf(machine: RunMachine): InMemoryResult {
  const { outcome, reply } = machine;
  if (!outcome) throw new Error('The run is not over.');
  return { outcome, records: machine.records(), ...(reply && { reply }) };
}
