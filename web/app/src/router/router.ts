import { computeSignal, createSignal, type ReadableSignal } from '../store/signals.ts';
import { matchRoute, type RouteMatch, type RoutePattern } from './match-route.ts';

/** Everything in the app lives under this path. */
export const basePath = '/app';

/** Where the person is. */
export interface AppLocation {
  /** Without the base, for example `/flows/01J…`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The router: one address, one screen; filters and tabs are part of the address. */
export interface Router<Route extends RoutePattern = RoutePattern> {
  readonly location: ReadableSignal<AppLocation>;
  readonly match: ReadableSignal<RouteMatch<Route> | undefined>;
  /** Goes to a path of the app (without the base). */
  navigate(path: string, options?: { readonly isReplacing?: boolean }): void;
  /** Changes some query parameters; an empty or undefined one is removed. Replaces the entry of the history by default. */
  setQuery(changes: Readonly<Record<string, string | undefined>>, options?: { readonly isPushing?: boolean }): void;
  /** Asks before leaving while `guard` answers false; returns how to remove it. */
  guardLeaving(guard: () => boolean): () => void;
}

/** Makes the router and starts listening to links and to back and forward. */
export function createRouter<Route extends RoutePattern>(routes: readonly Route[]): Router<Route> {
  const location = createSignal(readLocation());
  const guards = new Set<() => boolean>();
  const mayLeave = (): boolean => [...guards].every((guard) => guard());
  const go = (url: string, isReplacing = false): void => {
    if (isReplacing) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    location.set(readLocation());
  };
  const navigate: Router['navigate'] = (path, options = {}) => {
    if (path.split('?')[0] !== location.get().path && !mayLeave()) return;
    go(basePath + path, options.isReplacing);
  };
  window.addEventListener('popstate', () => {
    location.set(readLocation());
  });
  window.addEventListener('click', (event) => {
    const path = appPathOf(event);
    if (path === undefined) return;
    event.preventDefault();
    navigate(path);
  });
  return {
    location,
    match: computeSignal(() => matchRoute(routes, location.get().path)),
    navigate,
    setQuery(changes, options = {}) {
      const query = new URLSearchParams(location.get().query);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') query.delete(name);
        else query.set(name, value);
      }
      const text = query.toString();
      go(`${basePath}${location.get().path}${text === '' ? '' : `?${text}`}`, options.isPushing !== true);
    },
    guardLeaving(guard) {
      guards.add(guard);
      return () => guards.delete(guard);
    },
  };
}

function readLocation(): AppLocation {
  const path = window.location.pathname.slice(basePath.length);
  return { path: path === '' ? '/' : path, query: new URLSearchParams(window.location.search) };
}

/** The path of the app that a plain click on a link leads to; undefined when the browser should handle the click. */
function appPathOf(event: MouseEvent): string | undefined {
  const keys = [event.metaKey, event.ctrlKey, event.shiftKey, event.altKey];
  if (event.defaultPrevented || event.button !== 0 || keys.includes(true)) return undefined;
  const anchor = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (anchor === undefined || anchor.target !== '' || anchor.hasAttribute('download')) return undefined;
  const url = new URL(anchor.href);
  if (url.origin !== window.location.origin || !`${url.pathname}/`.startsWith(`${basePath}/`)) return undefined;
  return (url.pathname.slice(basePath.length) || '/') + url.search;
}
