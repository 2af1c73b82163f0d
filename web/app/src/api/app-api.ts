import { createApiClient, type ApiClient } from '@patchbay/api-contract/client';

/** What the app does when the API tells it something about the session or the network. */
export interface ApiSignals {
  /** No server answered. */
  readonly onLost: () => void;
  /** A call that needs a session was refused: it has ended. */
  readonly onSignedOut: () => void;
}

/** The typed client of this origin; reports a lost connection and an ended session to the app. */
export function createAppApi(signals: ApiSignals, send: typeof fetch = (...args) => fetch(...args)): ApiClient {
  return createApiClient({
    baseUrl: '',
    async fetch(input, init) {
      const response = await send(input, init).catch((cause: unknown) => {
        if (!(cause instanceof DOMException && cause.name === 'AbortError')) signals.onLost();
        throw cause;
      });
      const path = typeof input === 'string' ? input : '';
      if (response.status === 401 && !path.startsWith('/session/')) signals.onSignedOut();
      return response;
    },
  });
}
