import { AppError } from '@patchbay/errors';
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import type { PlanForEachStep } from '@patchbay/flow-model/plan';
import type { FrameState, LoopState } from '../machine-state.ts';
import type { Machine, StepContext } from '../machine.ts';
import { cancelStep, dropFrame, failStep, succeedStep } from '../step-end.ts';
import { toStepError } from '../step-error.ts';

/** Evaluates the list and starts the first iterations. */
export function startForEach(machine: Machine, context: StepContext, step: PlanForEachStep): void {
  const items = machine.evaluate(context.frame, step.items);
  if (!Array.isArray(items)) {
    throw new AppError('expression_type', { message: `"${step.title}" needs a list to run over.` });
  }
  if (items.length > step.maxItems) {
    throw new AppError('items_limit_exceeded', {
      message: `The list has ${items.length} items; one loop may run ${step.maxItems}.`,
      details: { items: items.length, maxItems: step.maxItems },
    });
  }
  context.record.input = { items };
  if (items.length === 0) {
    succeedStep(machine, context, { output: [] });
    return;
  }
  machine.state.loops[context.path] = {
    frame: context.frame.id,
    key: step.key,
    items,
    next: 0,
    running: 0,
    results: [],
  };
  machine.state.agenda.push({ do: 'launch', loop: context.path });
}

/** Starts one iteration if the window has room, and queues itself for the next. */
export function launchIteration(machine: Machine, loopPath: string): void {
  const loop = machine.state.loops[loopPath];
  if (!loop) return;
  const outer = machine.frame(loop.frame);
  const context = machine.contextOf(outer, loop.key);
  const step = context.step as PlanForEachStep;
  if (isDraining(machine, context, loop)) {
    if (loop.running === 0) endLoop(machine, context, loop);
    return;
  }
  if (loop.next >= loop.items.length || loop.running >= step.concurrency) return;
  const index = loop.next;
  loop.next += 1;
  loop.running += 1;
  const prefix = `${loopPath}[${index}].`;
  machine.openFrame({
    id: prefix + step.key,
    scope: `${step.key}.body`,
    prefix,
    parent: { frame: outer.id, key: step.key, index },
    locals: { loop: loopValue(machine, outer, { item: loop.items[index] ?? null, index }) },
  });
  if (loop.next < loop.items.length && loop.running < step.concurrency) {
    machine.state.agenda.push({ do: 'launch', loop: loopPath });
  }
}

/** Takes the result of one iteration. */
export function closeIteration(machine: Machine, context: StepContext, frame: FrameState): void {
  const loop = machine.state.loops[context.path];
  if (!loop) throw new Error(`Loop ${context.path} is closed.`);
  const index = frame.parent?.index ?? 0;
  if (frame.error) loop.error ??= frame.error;
  else if (!machine.isStopped(frame)) takeResult(machine, context, { loop, frame, index });
  dropFrame(machine, frame);
  loop.running -= 1;
  const isDone = loop.next >= loop.items.length || isDraining(machine, context, loop);
  if (!isDone) machine.state.agenda.push({ do: 'launch', loop: context.path });
  else if (loop.running === 0) endLoop(machine, context, loop);
}

function takeResult(
  machine: Machine,
  context: StepContext,
  iteration: { loop: LoopState; frame: FrameState; index: number },
): void {
  const { result } = context.step as PlanForEachStep;
  const { loop, frame, index } = iteration;
  try {
    loop.results[index] = result ? machine.resolve(frame, result) : machine.outputOf(frame);
  } catch (error) {
    loop.error ??= toStepError(error, context.path);
  }
}

function isDraining(machine: Machine, context: StepContext, loop: LoopState): boolean {
  return loop.error !== undefined || machine.isStopped(context.frame);
}

function endLoop(machine: Machine, context: StepContext, loop: LoopState): void {
  Reflect.deleteProperty(machine.state.loops, context.path);
  if (loop.error) failStep(machine, context, loop.error);
  else if (machine.isStopped(context.frame)) cancelStep(machine, context);
  else succeedStep(machine, context, { output: loop.results });
}

function loopValue(machine: Machine, outer: FrameState, own: { item: JsonValue; index: number }): JsonObject {
  const enclosing = machine.scopes.valuesOf(outer)['loop'];
  return enclosing === undefined ? { ...own } : { ...own, parent: enclosing };
}
