import { AppError, toAppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { InMemoryCall, InMemoryPort } from '../core/index.ts';

/** Chooses which of `count` waiting answers comes next. */
export type Choose = (count: number) => number;

/** An in-memory world without time: operations echo their input or fail, and answers come in the order of `choose`. */
export function createSettledPort(choose: Choose): InMemoryPort & { readonly calls: InMemoryCall[] } {
  const waiting: (() => void)[] = [];
  const calls: InMemoryCall[] = [];
  let isPumping = false;
  const pump = async (): Promise<void> => {
    isPumping = true;
    while (waiting.length > 0) {
      // Lets the run ask for all it wants before one answer comes.
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
      waiting.splice(choose(waiting.length) % waiting.length, 1)[0]?.();
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    }
    isPumping = false;
  };
  const later = <Value>(act: () => Value): Promise<Value> =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(act());
        } catch (error) {
          reject(toAppError(error));
        }
      });
      if (!isPumping) void pump();
    });
  return {
    calls,
    runOperation: (call) => {
      calls.push(call);
      return later(() => answer(call));
    },
    sleep: () => later(() => undefined),
    now: () => 0,
  };
}

function answer({ step, input, path }: InMemoryCall): JsonValue {
  if (step.operation === 'fail') throw new AppError('remote_bad_request', { message: `No: ${path}` });
  return input;
}
