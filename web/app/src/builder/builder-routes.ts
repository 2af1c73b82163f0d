import { html } from 'lit';
import type { ScreenRoute } from '../shell/routes.ts';

const builder = (pattern: string, options: { readonly id?: string } = {}): ScreenRoute => ({
  pattern,
  section: 'connectors',
  title: 'Connector',
  layout: 'page',
  // One element for all tabs, and for a new connector that gets its id: its edits live in it.
  key: 'builder',
  async load() {
    await import('./shell/builder-screen.ts');
    return ({ id, tab }) =>
      html`<pb-builder-screen .connectorId=${options.id ?? id ?? 'new'} .tab=${tab ?? 'overview'}></pb-builder-screen>`;
  },
});

/** The Connector Builder: a new connector, and each tab of one by its address; its lifecycle; and the help that it points to. */
export const builderRoutes: readonly ScreenRoute[] = [
  builder('/connectors/new', { id: 'new' }),
  builder('/connectors/:id'),
  {
    pattern: '/connectors/:id/lifecycle',
    section: 'connectors',
    title: 'Lifecycle',
    layout: 'page',
    key: 'connector-lifecycle',
    async load() {
      await import('../connector-lifecycle/lifecycle-screen.ts');
      return ({ id }) => html`<pb-connector-lifecycle .connectorId=${id ?? ''}></pb-connector-lifecycle>`;
    },
  },
  builder('/connectors/:id/:tab'),
  {
    pattern: '/help/:page',
    title: 'Help',
    layout: 'page',
    key: 'help',
    async load() {
      await import('../screens/help/help-screen.ts');
      return ({ page }) => html`<pb-help-screen .page=${page ?? ''}></pb-help-screen>`;
    },
  },
];
