import { createAppApi } from '../api/app-api.ts';
import { createRouter } from '../router/router.ts';
import { createAnnouncer } from '../store/announcer.ts';
import { createConnectionMonitor } from '../store/connection-monitor.ts';
import { createSessionStore, type SessionStore } from '../store/session-store.ts';
import { createThemeStore } from '../store/theme-store.ts';
import { createToastStore } from '../store/toast-store.ts';
import type { AppContext } from './app-context.ts';
import { screenRoutes } from './screen-routes.ts';

/** Wires the stores, the client and the router. Called once, by `pb-app`. */
export function createApp(): AppContext {
  const connection = createConnectionMonitor(isServerThere);
  const session: SessionStore = createSessionStore(() => api);
  const api = createAppApi({
    onLost: () => {
      connection.reportLost();
    },
    onSignedOut: () => {
      session.forget();
    },
  });
  return {
    api,
    session,
    connection,
    router: createRouter(screenRoutes),
    toasts: createToastStore(),
    theme: createThemeStore(),
    announcer: createAnnouncer(),
    setTitle(title) {
      document.title = title === '' ? 'Patchbay' : `${title} · Patchbay`;
    },
  };
}

async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
