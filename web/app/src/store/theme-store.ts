import { createSignal, type ReadableSignal } from './signals.ts';

/** `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'patchbay.theme';

/** The theme, kept in this browser. `public/theme.js` applies it before the first paint. */
export interface ThemeStore {
  readonly theme: ReadableSignal<Theme>;
  choose(theme: Theme): void;
}

/** Reads the stored theme; a blocked storage means `system`. */
export function createThemeStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
): ThemeStore {
  const stored = attempt(() => storage.getItem(key));
  const theme = createSignal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system');
  return {
    theme,
    choose(value) {
      theme.set(value);
      if (value === 'system') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = value;
      attempt(() => {
        if (value === 'system') storage.removeItem(key);
        else storage.setItem(key, value);
      });
    },
  };
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined; // storage may be blocked; the theme then lasts as long as the page
  }
}
