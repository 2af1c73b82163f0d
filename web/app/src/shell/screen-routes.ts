import { html } from 'lit';
import type { ScreenRoute } from './routes.ts';

/** Every screen by its address. The first pattern that fits wins. */
export const screenRoutes: readonly ScreenRoute[] = [
  {
    pattern: '/sign-in',
    title: 'Sign in',
    layout: 'bare',
    isPublic: true,
    async load() {
      await import('../screens/sign-in/sign-in-screen.ts');
      return () => html`<pb-sign-in-screen></pb-sign-in-screen>`;
    },
  },
  {
    pattern: '/',
    section: 'home',
    title: 'Home',
    layout: 'page',
    async load() {
      await import('../screens/home/home-screen.ts');
      return () => html`<pb-home-screen></pb-home-screen>`;
    },
  },
];
