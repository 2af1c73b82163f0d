import { Task } from '@lit/task';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { problemSentence } from '../../problems/describe-problem.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import '../../ui/button/button.ts';
import '../../ui/error/error.ts';
import '../../ui/tabs/tabs.ts';
import { openBuilderSession, type BuilderSession } from './builder-session.ts';
import { builderPath } from './builder-path.ts';
import { builderTab, tabsOf, type BuilderTab } from './builder-tabs.ts';
import { whyNotCreate } from './may-create.ts';
import './builder-head.ts';
import './save-dialogs.ts';

/**
 * @summary The Connector Builder: loads a connector (or begins a new one) and shows its head, tabs and the chosen tab.
 */
@customElement('pb-builder-screen')
export class PbBuilderScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      pb-tabs {
        --pb-tabs-inset: 32px;
      }
      .banner {
        margin: 0 32px 12px;
        border-radius: var(--r-card);
      }
      .load {
        padding: 32px;
      }
      @media (max-width: 1180px) {
        pb-tabs {
          --pb-tabs-inset: 24px;
        }
        .banner {
          margin-inline: 24px;
        }
      }
    `,
  ];

  /** Id or slug; `new` begins one. */
  @property() connectorId = 'new';
  @property() tab = 'overview';

  @state() private session: BuilderSession | undefined;
  private readonly opened = new Set<string>();

  private readonly load = new Task(this, {
    task: async ([id], { signal }): Promise<BuilderSession> => {
      // The first save of a new connector gives the address its id: it is the same session.
      if (this.session !== undefined && this.session.id === id) return this.session;
      const session = await openBuilderSession({
        api: this.app.api,
        storage: localStorage,
        id,
        signal,
        onCreated: (created) => {
          this.app.router.navigate(`/connectors/${created}/${this.tab}`, { isReplacing: true });
          this.app.announcer.announce('Draft saved');
        },
      });
      this.session?.close();
      this.session = session;
      return session;
    },
    args: () => [this.connectorId] as const,
  });

  private readonly openTab = new Task(this, {
    task: async ([id]): Promise<BuilderTab | undefined> => {
      const tab = builderTab(id);
      await tab?.load();
      this.opened.add(tab?.id ?? '');
      return tab;
    },
    args: () => [this.tab] as const,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.handleKeydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.handleKeydown);
    this.session?.close();
    this.session = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const name = this.session?.connector.get().name ?? '';
    this.app.setTitle(name === '' ? 'New connector' : name);
  }

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    const { session } = this;
    if (session === undefined || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 's') {
      event.preventDefault();
      void session.flush();
    }
    // A text field undoes its own typing.
    if (isTyping(event)) return;
    if (key === 'z' && !event.shiftKey) session.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) session.redo();
    else return;
    event.preventDefault();
  };

  private renderTabs(session: BuilderSession, current: BuilderTab): TemplateResult {
    return html`<pb-tabs
      label="Connector Builder"
      .value=${current.id}
      .items=${tabsOf(session).map((tab) => ({
        id: tab.id,
        label: tab.label,
        href: `/app${builderPath(session, tab.id)}`,
        ...tab.badge?.(session),
      }))}
    ></pb-tabs>`;
  }

  private renderLocalCopy(session: BuilderSession): TemplateResult | typeof nothing {
    if (!session.hasLocalCopy.get()) return nothing;
    return html`<div class="banner banner-warning" role="status">
      ${icon('history')}<span class="grow"
        >Edits from an earlier visit were not saved. They are kept on this computer.</span
      >
      <pb-button
        size="small"
        @click=${() => {
          session.restoreLocalCopy();
        }}
        >Restore them</pb-button
      >
      <pb-button
        size="small"
        variant="ghost"
        @click=${() => {
          session.discardLocalCopy();
        }}
        >Discard</pb-button
      >
    </div>`;
  }

  private async settle(session: BuilderSession, choice: 'mine' | 'theirs'): Promise<void> {
    try {
      await session.settle(choice);
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  /** Why nothing is saved: always words on the page, with what can be done. */
  private renderTrouble(session: BuilderSession): TemplateResult | typeof nothing {
    const state = session.saving.get();
    if (state.kind === 'conflict') {
      return html`<div class="banner banner-warning" role="alert">
        ${icon('triangle-alert')}<span class="grow"
          >Somebody else saved this connector. Keep your edits, and the fields that you changed are saved over theirs;
          or take the other version, and your edits are dropped.</span
        >
        <pb-button size="small" variant="primary" @click=${() => this.settle(session, 'mine')}>Keep my edits</pb-button>
        <pb-button size="small" @click=${() => this.settle(session, 'theirs')}>Take the other version</pb-button>
      </div>`;
    }
    if (state.kind !== 'failed' || session.errorCount('') > 0) return nothing;
    return html`<div class="banner banner-danger" role="alert">
      ${icon('circle-alert')}<span class="grow">Not saved. ${problemSentence(state.error)}</span>
      <pb-button size="small" @click=${() => session.flush()}>Try again</pb-button>
    </div>`;
  }

  private renderBuilder(session: BuilderSession): TemplateResult {
    const tab = builderTab(this.tab);
    const refusal = session.id === '' ? whyNotCreate(this.app.session.session.get()) : undefined;
    if (tab === undefined || refusal !== undefined) return this.renderRefusal(refusal ?? '');
    const content = renderLoaded(this.openTab, {
      subject: tab.label,
      skeleton: html`<div class="load"><pb-skeleton shape="text" count="4"></pb-skeleton></div>`,
      complete: () => (this.opened.has(tab.id) ? tab.render(session) : nothing),
    });
    return html`<pb-builder-head .session=${session} .tab=${tab.id}></pb-builder-head>
      ${this.renderTrouble(session)}${this.renderLocalCopy(session)}${this.renderTabs(session, tab)}${content}
      <pb-save-dialogs .session=${session}></pb-save-dialogs>`;
  }

  private renderRefusal(reason: string): TemplateResult {
    return html`<div class="load">
      <h1 class="h1">New connector</h1>
      <p class="t2">${reason}</p>
      <br /><pb-button href="/app/marketplace" icon="store">Open the marketplace</pb-button>
    </div>`;
  }

  protected override render(): unknown {
    return renderLoaded(this.load, {
      subject: 'This connector',
      skeleton: html`<div class="load">
        <h1 class="vh">Connector</h1>
        <pb-skeleton shape="text" count="6"></pb-skeleton>
      </div>`,
      complete: (session) => this.renderBuilder(session),
    });
  }
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  const isText = target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
  return isText || target instanceof HTMLTextAreaElement || target.isContentEditable;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-screen': PbBuilderScreen;
  }
}
