/** Carries out the machine's commands with Temporal. One promise per step. */
import {
  isCancellation,
  CancellationScope,
  scheduleActivity,
  scheduleLocalActivity,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Plan, PlanOperationStep } from '@patchbay/flow-model/plan';
import type { FlowRunInput, OperationAnswer, OperationCall } from '../core/flow-run-contract.ts';
import { leavesFastMode, startsLocally, type Command, type MachineEvent, type RunMachine } from '../core/index.ts';
import { stepsReadByFormulas } from '../core/read-steps.ts';
import { askedDelayMs, toOperationFailure } from './operation-failure.ts';
import { activityOptions, localOptions } from './operation-options.ts';

type OperationCommand = Extract<Command, { type: 'runOperation' }>;

/** Drives one machine until the run is over or has to continue as new. */
export class RunDriver {
  readonly #input: FlowRunInput;
  readonly #plan: Plan;
  readonly #machine: RunMachine;
  readonly #scope = new CancellationScope();
  readonly #sleeps = new Map<string, CancellationScope>();
  #isYielding = false;
  #isHeld = false;
  #end: (result: 'done' | 'continue') => void = () => undefined;
  #crash: (error: unknown) => void = () => undefined;

  constructor(input: FlowRunInput, plan: Plan, machine: RunMachine) {
    this.#input = input;
    this.#plan = plan;
    this.#machine = machine;
  }

  /**
   * Carries out the commands of the first go and all that follow. Resolves when the run is over (`done`), or is at rest and
   * its history long (`continue`).
   */
  run(first: readonly Command[]): Promise<'done' | 'continue'> {
    CancellationScope.current().cancelRequested.catch(() => {
      this.#report({ type: 'cancelRequested' });
    });
    // All commands are given inside this scope, so cancelling it reaches every operation without a scope of its own.
    return this.#scope.run(
      () =>
        new Promise<'done' | 'continue'>((resolve, reject) => {
          this.#end = resolve;
          this.#crash = reject;
          this.#carryOut(first);
        }),
    );
  }

  /** An exception in here is a bug of ours: it fails the workflow task, which Temporal repeats, and never the run. */
  readonly #report = (event: MachineEvent): void => {
    try {
      if (!this.#machine.outcome) this.#carryOut(this.#machine.advance(event, Date.now()));
    } catch (error) {
      this.#crash(error);
    }
  };

  #carryOut(commands: readonly Command[]): void {
    for (const command of commands) this.#perform(command);
    if (!this.#machine.outcome) this.#considerContinuing();
  }

  #perform(command: Command): void {
    switch (command.type) {
      case 'runOperation':
        this.#startOperation(command);
        break;
      case 'sleep':
        this.#sleep(command.path, command.ms);
        break;
      case 'cancelSleep':
        this.#sleeps.get(command.path)?.cancel();
        this.#sleeps.delete(command.path);
        break;
      case 'cancelOperations':
        this.#scope.cancel();
        break;
      case 'yield':
        this.#yield();
        break;
      case 'done':
        this.#end('done');
        break;
      case 'reply':
        // The update handler reads it from the machine.
        break;
    }
  }

  #startOperation(command: OperationCommand): void {
    const step = this.#plan.steps[command.key] as PlanOperationStep;
    const call = this.#callOf(step, command);
    if (startsLocally(this.#plan, step)) this.#runLocally(step, call);
    else this.#runActivity(step, call);
  }

  #runActivity(step: PlanOperationStep, call: OperationCall): void {
    scheduleActivity<OperationAnswer>(step.activityType, [call], activityOptions(step, call.path)).then(
      (answer) => {
        this.#complete(call.path, answer);
      },
      (error: unknown) => {
        this.#fail(step, call, error);
      },
    );
  }

  #runLocally(step: PlanOperationStep, call: OperationCall): void {
    scheduleLocalActivity<OperationAnswer>(step.activityType, [call], localOptions(step)).then(
      (answer) => {
        this.#complete(call.path, answer);
      },
      (error: unknown) => {
        this.#leaveFastMode(step, call, error);
      },
    );
  }

  /** A local attempt that may be repeated goes on as a normal activity, after the delay its step asks for. */
  #leaveFastMode(step: PlanOperationStep, call: OperationCall, error: unknown): void {
    try {
      if (isCancellation(error) || !leavesFastMode(step, toOperationFailure(error, step))) {
        this.#fail(step, call, error);
        return;
      }
      const delayMs = Math.max(step.resilience.retryDelayMs, askedDelayMs(error), 1);
      sleep(delayMs, { summary: 'retry' }).then(
        () => {
          this.#runActivity(step, { ...call, priorFailures: 1 });
        },
        (cancellation: unknown) => {
          this.#fail(step, call, cancellation);
        },
      );
    } catch (bug) {
      this.#crash(bug);
    }
  }

  #complete(path: string, answer: OperationAnswer): void {
    // Temporal tells local activities apart by their order only: with a changed order, one step would get the answer of another.
    if (answer.path !== undefined && answer.path !== path) {
      this.#crash(new Error(`The answer for ${path} belongs to ${answer.path}: the order of steps has changed.`));
      return;
    }
    this.#report({ type: 'operationCompleted', path, output: answer.output, attempts: answer.attempts });
  }

  #fail(step: PlanOperationStep, { path }: OperationCall, error: unknown): void {
    if (isCancellation(error)) {
      this.#report({ type: 'operationCancelled', path });
      return;
    }
    try {
      this.#report({ type: 'operationFailed', path, error: toOperationFailure(error, step) });
    } catch (bug) {
      this.#crash(bug);
    }
  }

  #sleep(path: string, ms: number): void {
    const scope = new CancellationScope();
    this.#sleeps.set(path, scope);
    scope
      .run(() => sleep(ms, { summary: path }))
      .then(
        () => {
          this.#sleeps.delete(path);
          this.#report({ type: 'timerFired', path });
        },
        // Only we cancel timers, and the machine has closed the step already.
        () => undefined,
      );
  }

  /** Ends this workflow task and goes on in the next one. What is only being dropped needs no pause. */
  #yield(): void {
    if (this.#machine.state.ending) {
      this.#report({ type: 'resume' });
      return;
    }
    if (this.#isYielding) return;
    this.#isYielding = true;
    const goOn = (): void => {
      this.#isYielding = false;
      this.#report({ type: 'resume' });
    };
    sleep(1, { summary: 'yield' }).then(goOn, goOn);
  }

  #considerContinuing(): void {
    const info = workflowInfo();
    const { maxEvents } = this.#input;
    const isLong = maxEvents === undefined ? info.continueAsNewSuggested : info.historyLength > maxEvents;
    if (isLong && !this.#isHeld && !this.#machine.state.ending) {
      this.#isHeld = true;
      this.#machine.hold();
    }
    if (!this.#isHeld || this.#isYielding || this.#machine.state.ending) return;
    if (this.#machine.isQuiet) this.#end('continue');
  }

  #callOf(step: PlanOperationStep, command: OperationCommand): OperationCall {
    const { tenantId, runId } = this.#input;
    const { connector, operation, connectionId, effect, resilience } = step;
    return {
      tenantId,
      runId,
      path: command.path,
      key: command.key,
      connector,
      operation,
      ...(connectionId !== undefined && { connectionId }),
      input: command.input,
      effect,
      resilience,
      needsOutput: stepsReadByFormulas(this.#plan).has(command.key),
      priorFailures: 0,
    };
  }
}
