import { toProblemBody, type AppError } from '@patchbay/errors';
import type { FailedMessage, ReadyMessage } from './supervised-process.ts';

/** Tells `patchbay dev`, if this process was started by it, that it serves now. */
export function tellSupervisor(message: ReadyMessage): void {
  process.send?.(message);
}

/** Tells `patchbay dev`, if this process was started by it, why it ends. Settles once it is told, or nobody is there. */
export async function tellSupervisorOfFailure(error: AppError): Promise<void> {
  const message: FailedMessage = { type: 'failed', problem: toProblemBody(error) };
  await new Promise<void>((resolve) => {
    if (!process.connected) resolve();
    process.send?.(message, undefined, undefined, () => {
      resolve();
    });
  });
}
