import { createSignal, type ReadableSignal } from './signals.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

/** Whether the server can be reached; `returned` counts how often it came back, so that views can load again. */
export interface ConnectionMonitor {
  readonly isLost: ReadableSignal<boolean>;
  readonly returned: ReadableSignal<number>;
  /** A request found no server. Starts asking until it answers. */
  reportLost(): void;
  /** Asks now. */
  retry(): void;
}

/** Asks `probe` with growing pauses while the server is away. */
export function createConnectionMonitor(probe: () => Promise<boolean>): ConnectionMonitor {
  const isLost = createSignal(false);
  const returned = createSignal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (pauseMs: number): Promise<void> => {
    clearTimeout(timer);
    if (await probe()) {
      isLost.set(false);
      returned.set(returned.get() + 1);
      return;
    }
    timer = setTimeout(() => void ask(Math.min(pauseMs * 2, longestPauseMs)), pauseMs);
  };
  return {
    isLost,
    returned,
    reportLost() {
      if (isLost.get()) return;
      isLost.set(true);
      timer = setTimeout(() => void ask(firstPauseMs), firstPauseMs);
    },
    retry() {
      if (isLost.get()) void ask(firstPauseMs);
    },
  };
}
