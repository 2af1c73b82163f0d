import type { ReadyMessage } from './supervised-process.ts';

/** Tells `patchbay dev`, if this process was started by it, that it serves now. */
export function tellSupervisor(message: ReadyMessage): void {
  process.send?.(message);
}
