import type { TemplateResult } from 'lit';
import type { RoutePattern } from '../router/match-route.ts';

/** How much of the shell stands around a screen: all, only rail and brand (it brings its own top bar), or nothing. */
export type ScreenLayout = 'page' | 'editor' | 'bare';

/** One screen. Its code is loaded when it is first opened. */
export interface ScreenRoute extends RoutePattern {
  /** Entry of the rail that is marked. */
  readonly section?: string;
  /** Title of the document; a screen that knows a better one calls `AppContext.setTitle`. */
  readonly title: string;
  readonly layout: ScreenLayout;
  readonly isPublic?: boolean;
  /** Screens with the same key are one: going from one address to the other keeps the element. Absent: the address. */
  readonly key?: string;
  /** Loads the element and gives its template. */
  readonly load: () => Promise<(params: Readonly<Record<string, string>>) => TemplateResult>;
}
