import { createContext } from '@lit/context';
import type { ApiClient } from '@patchbay/api-contract/client';
import type { Router } from '../router/router.ts';
import type { Announcer } from '../store/announcer.ts';
import type { ConnectionMonitor } from '../store/connection-monitor.ts';
import type { SessionStore } from '../store/session-store.ts';
import type { ThemeStore } from '../store/theme-store.ts';
import type { ToastStore } from '../store/toast-store.ts';
import type { ScreenRoute } from './routes.ts';

/** What every screen can reach: read it with `@consume({ context: appContext })`. */
export interface AppContext {
  readonly api: ApiClient;
  readonly router: Router<ScreenRoute>;
  readonly session: SessionStore;
  readonly toasts: ToastStore;
  readonly theme: ThemeStore;
  readonly announcer: Announcer;
  readonly connection: ConnectionMonitor;
  /** Names the document; " · Patchbay" is added. */
  setTitle(title: string): void;
}

export const appContext = createContext<AppContext>(Symbol('app'));
