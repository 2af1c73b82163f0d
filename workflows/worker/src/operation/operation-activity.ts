/** The Temporal side of an operation: attempt numbers, heartbeats, cancellation. */
import { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { OperationAnswer, OperationCall } from '@patchbay/interpreter';
import type { Attempt, OperationServices } from './operation-services.ts';
import { runOperation } from './run-operation.ts';

/** What an attempt leaves for the next one. */
interface AttemptMemory {
  readonly failures: number;
}

/** Time between signs of life; the worker sends about as many to Temporal. */
const heartbeatEveryMs = 1_500;

/** The activity behind every activity type `slug@version/operation`. */
export function createOperationActivity(services: OperationServices) {
  return async (call: OperationCall): Promise<OperationAnswer> => {
    const context = Context.current();
    const { info } = context;
    const memory = (info.heartbeatDetails ?? { failures: 0 }) as AttemptMemory;
    const attempt: Attempt = {
      workflowId: info.workflowExecution?.workflowId ?? '',
      number: call.priorFailures + info.attempt,
      isLocal: info.isLocal,
      signal: context.cancellationSignal,
      failures: call.priorFailures + memory.failures,
      keepFailures: (failures) => {
        if (!info.isLocal) context.heartbeat({ failures: failures - call.priorFailures } satisfies AttemptMemory);
      },
    };
    const heartbeats = startHeartbeats(context, memory);
    try {
      return await runOperation(services, call, attempt);
    } catch (error) {
      if (context.cancellationSignal.aborted) throw cancellationOf(context);
      throw error;
    } finally {
      clearInterval(heartbeats);
    }
  };
}

/** Cancellation reaches an attempt only in the answer to a heartbeat, a lost worker is noticed by their absence. */
function startHeartbeats(context: Context, memory: AttemptMemory): NodeJS.Timeout | undefined {
  if (context.info.heartbeatTimeoutMs === undefined) return undefined;
  return setInterval(() => {
    context.heartbeat(memory);
  }, heartbeatEveryMs);
}

/** Temporal reports the attempt as cancelled, or, if the worker ends, as to be repeated. */
function cancellationOf({ cancellationSignal }: Context): Error {
  const reason: unknown = cancellationSignal.reason;
  return reason instanceof CancelledFailure ? reason : new CancelledFailure('CANCELLED');
}
