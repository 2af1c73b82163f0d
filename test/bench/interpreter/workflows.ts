/** Both sides of the bench in one bundle: the interpreter, and the same work written by hand. */
import { proxyActivities } from '@temporalio/workflow';
import type { OperationAnswer, OperationCall } from '@patchbay/interpreter';

export { 'flowRun.v1' } from '@patchbay/interpreter/workflows';

const { 'bench@1.0.0/add': add } = proxyActivities<{
  'bench@1.0.0/add': (call: OperationCall) => Promise<OperationAnswer>;
}>({ startToCloseTimeout: 12_000, retry: { maximumAttempts: 4, initialInterval: 1_000 } });

/** Calls the operation `steps` times, one after the other, each with the result of the one before. */
export async function handWritten(template: OperationCall, steps: number): Promise<unknown> {
  let n = 0;
  for (let index = 0; index < steps; index += 1) {
    const { output } = await add({ ...template, path: `s${index}`, key: `s${index}`, input: { n: n + 1 } });
    n = (output as { n: number }).n;
  }
  return { n };
}
