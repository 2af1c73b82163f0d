import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, PlanOperationStep } from '@patchbay/flow-model/plan';
import { arbitraryPlan, createSettledPort } from '../testing/index.ts';
import { compactState } from './compact-state.ts';
import {
  createRun,
  driveInMemory,
  foldHistory,
  restoreRun,
  runInMemory,
  type Command,
  type HistoryEvent,
  type InMemoryResult,
  type MachineState,
  type RunMachine,
} from './index.ts';

const start = { runId: 'run', trigger: { numbers: [4, 5, 6] } };
const choices = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 50 });

function chooser(numbers: readonly number[]): (count: number) => number {
  let next = 0;
  return () => numbers[next++ % numbers.length] ?? 0;
}

/** What must not depend on the order of completion. How far others came beside a failed step does. */
function essence(result: InMemoryResult): unknown {
  if (result.outcome.state !== 'succeeded') return result.outcome.state;
  if (result.records.some(({ state }) => state === 'failed')) return result.outcome;
  const records = result.records.map(({ path, state, output, takenPorts }) => ({ path, state, output, takenPorts }));
  return { outcome: result.outcome, records: records.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Drives by hand, so that the machine can be exchanged at every point. */
function driveByHand(plan: Plan, choose: (count: number) => number, exchange: (machine: RunMachine) => RunMachine) {
  let machine = createRun(plan, start);
  const waiting: Command[] = [];
  const events: HistoryEvent[] = [{ type: 'runStarted', at: 0 }];
  const take = (commands: readonly Command[]): void => {
    for (const command of commands) {
      if (command.type === 'runOperation' || command.type === 'sleep') waiting.push(command);
      if (command.type === 'cancelSleep') {
        waiting.splice(
          waiting.findIndex((each) => each.type === 'sleep' && each.path === command.path),
          1,
        );
      }
    }
    while (machine.isYielding) take(machine.advance({ type: 'resume' }, 0));
  };
  take(machine.start(0));
  while (waiting.length > 0) {
    machine = exchange(machine);
    const [command] = waiting.splice(choose(waiting.length) % waiting.length, 1);
    const event = command && answerOf(plan, command);
    if (!event) throw new Error('Nothing to answer.');
    events.push(event);
    take(machine.advance(event, event.at));
  }
  return { machine, events };
}

function answerOf(
  plan: Plan,
  command: Command,
): Exclude<HistoryEvent, { type: 'runStarted' | 'runClosed' | 'operationScheduled' }> {
  if (command.type === 'sleep') return { type: 'timerFired', path: command.path, at: 0 };
  if (command.type !== 'runOperation') throw new Error(command.type);
  const { path, input } = command;
  const step = plan.steps[command.key] as PlanOperationStep;
  if (step.operation !== 'fail') return { type: 'operationCompleted', path, output: input, attempts: 1, at: 0 };
  const error = { code: 'remote_bad_request', message: 'No', retryable: false, attempts: 1 };
  return { type: 'operationFailed', path, error, isLocal: false, at: 0 };
}

const copyOf = (state: MachineState): MachineState => JSON.parse(JSON.stringify(state)) as MachineState;

/** Takes one round of answers, then carries the compact state into a new machine, and so on. */
function driveWithRests(plan: Plan): RunMachine {
  let machine = createRun(plan, start);
  let commands = machine.start(0);
  for (let rest = 0; rest < 10_000; rest += 1) {
    machine.hold();
    for (const command of commands) {
      if (command.type === 'runOperation') machine.advance(answerOf(plan, command), 0);
    }
    if (machine.outcome) return machine;
    machine = restoreRun(plan, copyOf(compactState(machine.state)));
    commands = machine.start(0);
    for (const timer of commands.filter((command) => command.type === 'sleep')) {
      commands = [...commands, ...machine.advance(answerOf(plan, timer), 0)];
    }
  }
  throw new Error('The run does not end.');
}

describe('any plan', () => {
  it('ends, with the same outputs in whatever order operations complete', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan(), choices, async (plan, numbers) => {
        const inOrder = await runInMemory(
          plan,
          start,
          createSettledPort(() => 0),
        );
        const shuffled = await runInMemory(plan, start, createSettledPort(chooser(numbers)));
        expect(essence(shuffled)).toEqual(essence(inOrder));
      }),
      { numRuns: 500 },
    );
  });

  it('goes on from a copy of its state at every point as if nothing had happened', () => {
    fc.assert(
      fc.property(arbitraryPlan(), choices, (plan, numbers) => {
        const whole = driveByHand(plan, chooser(numbers), (machine) => machine);
        const broken = driveByHand(plan, chooser(numbers), (machine) => restoreRun(plan, copyOf(machine.state)));
        expect(broken.machine.state).toEqual(copyOf(whole.machine.state));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same outcome when it continues from a compact state whenever it is at rest', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan(), async (plan) => {
        const whole = await runInMemory(
          plan,
          start,
          createSettledPort(() => 0),
        );
        const machine = driveWithRests(plan);
        expect(machine.outcome?.state).toEqual(whole.outcome.state);
        if (whole.outcome.state === 'succeeded') expect(machine.outcome).toEqual(whole.outcome);
      }),
      { numRuns: 300 },
    );
  });

  it('is seen by the fold of its history exactly as by itself', () => {
    fc.assert(
      fc.property(arbitraryPlan(), choices, (plan, numbers) => {
        const { machine, events } = driveByHand(plan, chooser(numbers), (same) => same);
        const view = foldHistory(plan, { ...start, events });
        expect(view.steps).toEqual(machine.records());
        expect(view.state).toBe(machine.outcome?.state);
        expect(view.output).toEqual(machine.outcome?.output);
        expect(view.error).toEqual(machine.outcome?.error);
      }),
      { numRuns: 300 },
    );
  });

  it('ends as cancelled wherever it is cancelled', () => {
    fc.assert(
      fc.property(arbitraryPlan(), fc.nat(5), (plan, when) => {
        let events = 0;
        const { machine } = driveByHand(
          plan,
          () => 0,
          (same) => {
            events += 1;
            if (events === when + 1) same.advance({ type: 'cancelRequested' }, 0);
            return same;
          },
        );
        expect(machine.outcome).toBeDefined();
        if (events > when) expect(machine.outcome?.state).toBe('cancelled');
        expect(machine.records().filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('drives a restored machine to its end in memory', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan(), async (plan) => {
        const machine = createRun(plan, start);
        machine.hold();
        machine.start(0);
        const result = await driveInMemory(
          restoreRun(plan, copyOf(machine.state)),
          plan,
          createSettledPort(() => 0),
        );
        expect(essence(result)).toEqual(
          essence(
            await runInMemory(
              plan,
              start,
              createSettledPort(() => 0),
            ),
          ),
        );
      }),
      { numRuns: 100 },
    );
  });
});
