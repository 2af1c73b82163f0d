import { html } from 'lit';
import { componentRoutes } from '../screens/component/component-routes.ts';
import type { ScreenRoute } from '../shell/routes.ts';

const flowScreen = (tab: 'editor' | 'runs' | 'versions', pattern: string): ScreenRoute => ({
  pattern,
  section: 'flows',
  title: 'Flow',
  layout: 'editor',
  async load() {
    await import('./editor/flow-screen.ts');
    return ({ id }) => html`<pb-flow-screen .flowId=${id ?? ''} .tab=${tab}></pb-flow-screen>`;
  },
});

/** The editor of a flow with its tabs, its pages as a component, and the view of a run. */
export const flowRoutes: readonly ScreenRoute[] = [
  flowScreen('editor', '/flows/:id'),
  flowScreen('runs', '/flows/:id/runs'),
  flowScreen('versions', '/flows/:id/versions'),
  ...componentRoutes,
  {
    pattern: '/runs/:id',
    section: 'runs',
    title: 'Run',
    layout: 'editor',
    async load() {
      await import('../run-view/run-screen.ts');
      return ({ id }) => html`<pb-run-screen .runId=${id ?? ''}></pb-run-screen>`;
    },
  },
];
