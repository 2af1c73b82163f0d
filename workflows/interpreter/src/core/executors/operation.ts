import type { JsonObject } from '@patchbay/flow-model';
import type { PlanOperationStep } from '@patchbay/flow-model/plan';
import type { Machine, StepContext } from '../machine.ts';
import { assertFits } from '../approximate-size.ts';

/** Work of one operation in a go: about 1,000 of them fill it. */
const workPerOperation = 4_000;
/** Work of a KiB of input: about 2.5 MB fill a go. */
const workPerKib = 2_000;

/** Asks the driver to run the operation. The step ends when the driver answers. */
export function startOperation(machine: Machine, context: StepContext, step: PlanOperationStep): void {
  const { frame, path, record } = context;
  const input = machine.resolve(frame, { object: step.input }) as JsonObject;
  record.input = input;
  machine.work -= workPerOperation + (workPerKib * assertFits(input, `The input of "${step.title}"`)) / 1_024;
  machine.state.inFlight[path] = { frame: frame.id, key: step.key, kind: 'operation' };
  machine.commands.push({ type: 'runOperation', path, key: step.key, input });
}
