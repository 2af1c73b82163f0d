import { createSignal, type ReadableSignal } from './signals.ts';

const minGapMs = 500;

/** One polite live region for the whole app; at most one message per half second, the last one wins. */
export interface Announcer {
  readonly message: ReadableSignal<string>;
  announce(text: string): void;
}

/** Makes the announcer; `pb-app` shows its message in the live region. */
export function createAnnouncer(): Announcer {
  const message = createSignal('');
  let waiting: string | undefined;
  let isBusy = false;
  const flush = (): void => {
    if (waiting === undefined) {
      isBusy = false;
      return;
    }
    // A no-break space at the end makes the same text a new one, so that it is read again.
    message.set(message.get() === waiting ? `${waiting}\u00a0` : waiting);
    waiting = undefined;
    setTimeout(flush, minGapMs);
  };
  return {
    message,
    announce(text) {
      waiting = text;
      if (isBusy) return;
      isBusy = true;
      flush();
    },
  };
}
