import { html } from 'lit';
import type { ScreenRoute } from '../../shell/routes.ts';

/** A flow as a component: its branches, its API versions with Deploy, and Manage > Lifecycle. */
export const componentRoutes: readonly ScreenRoute[] = [
  {
    pattern: '/flows/:id/overview',
    section: 'flows',
    title: 'Component',
    layout: 'page',
    async load() {
      await import('./overview-screen.ts');
      return ({ id }) => html`<pb-component-overview .flowId=${id ?? ''}></pb-component-overview>`;
    },
  },
  {
    pattern: '/flows/:id/deploy',
    section: 'flows',
    title: 'Deploy',
    layout: 'page',
    async load() {
      await import('./deploy-screen.ts');
      return ({ id }) => html`<pb-component-deploy .flowId=${id ?? ''}></pb-component-deploy>`;
    },
  },
  {
    pattern: '/flows/:id/lifecycle',
    section: 'flows',
    title: 'Lifecycle',
    layout: 'page',
    async load() {
      await import('./lifecycle-screen.ts');
      return ({ id }) => html`<pb-component-lifecycle .flowId=${id ?? ''}></pb-component-lifecycle>`;
    },
  },
];
