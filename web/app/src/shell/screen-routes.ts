import { html } from 'lit';
import { builderRoutes } from '../builder/builder-routes.ts';
import { flowRoutes } from '../canvas/flow-routes.ts';
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
  {
    pattern: '/flows',
    section: 'flows',
    title: 'Flows',
    layout: 'page',
    async load() {
      await import('../screens/flows/flows-screen.ts');
      return () => html`<pb-flows-screen></pb-flows-screen>`;
    },
  },
  {
    pattern: '/runs',
    section: 'runs',
    title: 'Runs',
    layout: 'page',
    async load() {
      await import('../screens/runs/runs-screen.ts');
      return () => html`<pb-runs-screen></pb-runs-screen>`;
    },
  },
  {
    pattern: '/connections',
    section: 'connections',
    title: 'Connections',
    layout: 'page',
    async load() {
      await import('../screens/connections/connections-screen.ts');
      return () => html`<pb-connections-screen></pb-connections-screen>`;
    },
  },
  {
    pattern: '/connections/new',
    section: 'connections',
    title: 'New connection',
    layout: 'page',
    async load() {
      await import('../screens/connections/new-connection-screen.ts');
      return () => html`<pb-new-connection-screen></pb-new-connection-screen>`;
    },
  },
  {
    pattern: '/connections/:id',
    section: 'connections',
    title: 'Connection',
    layout: 'page',
    async load() {
      await import('../screens/connections/connection-screen.ts');
      return ({ id }) => html`<pb-connection-screen .connectionId=${id ?? ''}></pb-connection-screen>`;
    },
  },
  {
    pattern: '/marketplace',
    section: 'marketplace',
    title: 'Marketplace',
    layout: 'page',
    async load() {
      await import('../screens/marketplace/marketplace-screen.ts');
      return () => html`<pb-marketplace-screen></pb-marketplace-screen>`;
    },
  },
  {
    pattern: '/marketplace/:slug',
    section: 'marketplace',
    title: 'Connector',
    layout: 'page',
    async load() {
      await import('../screens/connector/connector-screen.ts');
      return ({ slug }) => html`<pb-connector-screen .slug=${slug ?? ''}></pb-connector-screen>`;
    },
  },
  {
    pattern: '/connectors',
    section: 'connectors',
    title: 'Connectors',
    layout: 'page',
    async load() {
      await import('../screens/connectors/connectors-screen.ts');
      return () => html`<pb-connectors-screen></pb-connectors-screen>`;
    },
  },
  {
    pattern: '/settings/:tab',
    section: 'settings',
    title: 'Settings',
    layout: 'page',
    async load() {
      await import('../screens/settings/settings-screen.ts');
      return ({ tab }) => html`<pb-settings-screen .tab=${tab ?? ''}></pb-settings-screen>`;
    },
  },
  ...builderRoutes,
  ...flowRoutes,
];
