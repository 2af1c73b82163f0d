/** Operations that tests share. */
import { AppError } from '@patchbay/errors';
import type { TestOperation } from './test-services.ts';

/** Calls an operation got, with their times. */
export interface CallLog {
  readonly at: number[];
  readonly keys: string[];
}

/** Fails with the code for the first `failures` calls of each step, then succeeds. */
export function failing(code: 'remote_unavailable' | 'remote_bad_request' | 'network_error', failures = Infinity) {
  const log: CallLog = { at: [], keys: [] };
  const operation: TestOperation = (call) => {
    log.at.push(Date.now());
    log.keys.push(call.idempotencyKey);
    if (log.at.length <= failures) throw new AppError(code);
    return { calls: log.at.length };
  };
  return { operation, log };
}

/** Never answers by itself; ends when it is aborted, as a well-behaved operation does. */
export const hanging: TestOperation = (call) =>
  new Promise((_resolve, reject) => {
    const abort = (): void => {
      reject(new AppError('operation_cancelled'));
    };
    call.signal.addEventListener('abort', abort, { once: true });
    setTimeout(() => {
      reject(new AppError('operation_timeout'));
    }, call.timeoutMs);
  });

/** Gives its input back. */
export const echo: TestOperation = ({ input }) => input;
