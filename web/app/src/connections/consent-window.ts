/** What the page behind the OAuth2 callback tells the window that opened it. */
interface ConsentMessage {
  readonly type: 'patchbay-authorization';
  readonly connection: string;
  readonly authorized: boolean;
}

/** How a consent ended. `closed`: the window is gone and said nothing. */
export type ConsentEnd = 'authorized' | 'refused' | 'closed';

const closedPollMs = 500;
/** The server takes a callback for 90 seconds; a person who reads slowly starts again. */
const longestWaitMs = 120_000;

/** Opens the window at once, while the click still counts for the browser; the address comes later. Null: it was blocked. */
export function openConsentWindow(): Window | null {
  return window.open('', 'patchbay-authorization', 'popup,width=520,height=720');
}

/** Sends the window to the authorization server and waits until its callback tells how it ended. */
export async function waitForConsent(popup: Window, address: string, connectionId: string): Promise<ConsentEnd> {
  const { promise, resolve } = Promise.withResolvers<ConsentEnd>();
  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.origin !== window.location.origin || !isConsentMessage(event.data)) return;
    // A refusal cannot say which connection it was about: its state was not known.
    if (event.data.authorized && event.data.connection !== connectionId) return;
    resolve(event.data.authorized ? 'authorized' : 'refused');
  };
  let wasClosed = false;
  const watch = setInterval(() => {
    // The window says how it ended and closes at once; on a busy page its closing is seen before its message arrives.
    if (wasClosed) resolve('closed');
    wasClosed = popup.closed;
  }, closedPollMs);
  const limit = setTimeout(() => {
    resolve('closed');
  }, longestWaitMs);
  window.addEventListener('message', onMessage);
  popup.location.href = address;
  try {
    return await promise;
  } finally {
    window.removeEventListener('message', onMessage);
    clearInterval(watch);
    clearTimeout(limit);
  }
}

function isConsentMessage(data: unknown): data is ConsentMessage {
  return typeof data === 'object' && data !== null && (data as { type?: unknown }).type === 'patchbay-authorization';
}
