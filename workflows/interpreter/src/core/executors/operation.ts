import type { JsonObject } from '@patchbay/flow-model';
import type { PlanOperationStep } from '@patchbay/flow-model/plan';
import type { Machine, StepContext } from '../machine.ts';
import { approximateSize } from '../approximate-size.ts';

/** Work of one operation in a go: about 100 of them fill it, or 4 MB of input. */
const workPerOperation = 40;

/** Asks the driver to run the operation. The step ends when the driver answers. */
export function startOperation(machine: Machine, context: StepContext, step: PlanOperationStep): void {
  const { frame, path, record } = context;
  const input = machine.resolve(frame, { object: step.input }) as JsonObject;
  record.input = input;
  machine.work -= workPerOperation + Math.ceil(approximateSize(input) / 1_024);
  machine.state.inFlight[path] = { frame: frame.id, key: step.key, kind: 'operation' };
  machine.commands.push({ type: 'runOperation', path, key: step.key, input });
}
