/** How steps and runs end. The only file that settles edges. */
import type { JsonValue } from '@patchbay/flow-model';
import type { StepError } from '@patchbay/flow-model/plan';
import { closeRecord, type Machine, type StepContext } from './machine.ts';
import type { FrameState, RunOutcome } from './machine-state.ts';

/** What a step gives. */
export interface StepResult {
  readonly output: JsonValue;
  /** Ports that are taken; default `out`. */
  readonly ports?: readonly string[];
}

const outPort: readonly string[] = ['out'];

/** The step did its work: keeps the output, settles its edges. */
export function succeedStep(machine: Machine, context: StepContext, result: StepResult): void {
  const { frame, record, step } = context;
  const ports = result.ports ?? outPort;
  record.output = result.output;
  record.takenPorts = ports;
  closeRecord(machine, record, 'succeeded');
  machine.scopes.setOutput(frame, step.key, result.output);
  const position = machine.index.scope(frame.scope).position.get(step.key) ?? -1;
  if (position > frame.lastIndex) frame.lastIndex = position;
  settleEdges(machine, frame, { key: step.key, ports });
  leaveFrame(machine, frame);
}

/** The step failed: nothing new starts in its frame, timers in there are cancelled, operations in flight may finish. */
export function failStep(machine: Machine, context: StepContext, error: StepError): void {
  const { frame, record } = context;
  record.error = error;
  closeRecord(machine, record, 'failed');
  if (!frame.error) {
    frame.error = error;
    cancelSleeps(machine, (inside) => isWithin(machine, inside, frame));
  }
  leaveFrame(machine, frame);
}

/** The step was stopped from outside. */
export function cancelStep(machine: Machine, context: StepContext): void {
  closeRecord(machine, context.record, 'cancelled');
  leaveFrame(machine, context.frame);
}

/** Settles the edges that leave a step. `ports` empty: the step was skipped, all its edges are untaken. */
export function settleEdges(
  machine: Machine,
  frame: FrameState,
  end: { readonly key: string; readonly ports: readonly string[] },
): void {
  const scope = machine.index.scope(frame.scope);
  const edges = scope.outgoing.get(end.key);
  if (!edges || machine.isStopped(frame)) return;
  for (const { port, to } of edges) {
    const remaining = (frame.remaining[to] ?? scope.incoming.get(to) ?? 0) - 1;
    frame.remaining[to] = remaining;
    if (end.ports.includes(port)) frame.taken[to] = true;
    if (remaining > 0) continue;
    frame.active += 1;
    machine.state.agenda.push({ do: frame.taken[to] ? 'start' : 'skip', frame: frame.id, key: to });
  }
}

/** One step less is active in the frame; the last one closes it. */
export function leaveFrame(machine: Machine, frame: FrameState): void {
  frame.active -= 1;
  if (frame.active === 0) machine.state.agenda.push({ do: 'close', frame: frame.id });
}

/** Drops a closed frame. */
export function dropFrame(machine: Machine, frame: FrameState): void {
  Reflect.deleteProperty(machine.state.frames, frame.id);
  machine.scopes.forget(frame.id);
}

/** Ends the run early: what is in flight is cancelled, nothing new starts. The first call wins. */
export function beginEnding(machine: Machine, outcome: RunOutcome): void {
  if (machine.state.ending) return;
  machine.state.ending = outcome;
  machine.commands.push({ type: 'cancelOperations' });
  cancelSleeps(machine, () => true);
}

/** The root frame closed: the run is over. */
export function endRun(machine: Machine, root: FrameState): void {
  const { state } = machine;
  const succeeded = (): RunOutcome => ({ state: 'succeeded', output: machine.outputOf(root) });
  state.outcome = state.ending ?? (root.error ? { state: 'failed', error: root.error } : succeeded());
  state.endedAt = machine.now;
  dropFrame(machine, root);
  machine.commands.push({ type: 'done' });
}

function cancelSleeps(machine: Machine, isAffected: (frame: FrameState) => boolean): void {
  const { inFlight } = machine.state;
  const affected = Object.entries(inFlight).filter(
    ([, waiting]) => waiting.kind === 'sleep' && isAffected(machine.frame(waiting.frame)),
  );
  for (const [path, waiting] of affected) {
    Reflect.deleteProperty(inFlight, path);
    machine.commands.push({ type: 'cancelSleep', path });
    const frame = machine.frame(waiting.frame);
    closeRecord(machine, machine.contextOf(frame, waiting.key).record, 'cancelled');
    machine.state.agenda.push({ do: 'leave', frame: frame.id });
  }
}

function isWithin(machine: Machine, inside: FrameState, outer: FrameState): boolean {
  let current: FrameState | undefined = inside;
  while (current) {
    if (current === outer) return true;
    current = current.parent && machine.state.frames[current.parent.frame];
  }
  return false;
}
