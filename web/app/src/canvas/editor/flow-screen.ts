import { Task } from '@lit/task';
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { createCatalogStore } from './catalog-store.ts';
import { createFlowSession, type FlowSession } from './flow-session.ts';
import './flow-editor.ts';

/**
 * @summary Loads a flow and opens its editor.
 */
@customElement('pb-flow-screen')
export class PbFlowScreen extends ScreenElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  @property() flowId = '';
  @property() tab: 'editor' | 'runs' | 'versions' = 'editor';

  #session: FlowSession | undefined;

  private readonly load = new Task(this, {
    task: async ([id], { signal }): Promise<FlowSession> => {
      const flow = (await this.app.api.call('getFlow', { params: { id }, signal }))._source;
      const catalog = createCatalogStore(this.app.api);
      const session = createFlowSession(this.app.api, flow, catalog);
      this.#session?.close();
      this.#session = session;
      this.app.setTitle(flow.name);
      void this.loadCatalog(session);
      return session;
    },
    args: () => [this.flowId] as const,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.display = 'contents';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#session?.close();
    this.#session = undefined;
  }

  private async loadCatalog(session: FlowSession): Promise<void> {
    const steps = Object.values(session.state.get().document.steps);
    const wanted = steps.flatMap((step) =>
      step.kind === 'operation' ? [{ slug: step.connector, version: step.version }] : [],
    );
    try {
      await session.catalog.load();
      await session.catalog.loadVersions(wanted);
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  protected override render(): TemplateResult {
    return html`${renderLoaded(this.load, {
      subject: 'This flow',
      skeleton: html`<div class="page" style="padding:48px"><pb-skeleton shape="text" count="5"></pb-skeleton></div>`,
      complete: (session) =>
        keyed(
          session,
          html`<pb-flow-editor
            .session=${session}
            .tab=${this.tab}
            @pb-branch-change=${() => void this.load.run()}
          ></pb-flow-editor>`,
        ),
    })}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-screen': PbFlowScreen;
  }
}
