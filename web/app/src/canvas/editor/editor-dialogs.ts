import { isAppError } from '@patchbay/errors';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { changeFlow, checkConnection, portIds, scopeOfStep } from '@patchbay/canvas-core';
import type { FlowDocument } from '@patchbay/flow-model';
import { problemSentence } from '../../problems/describe-problem.ts';
import { timeAgo } from '../../format/time.ts';
import { downloadFlow } from '../../screens/flows/flow-actions.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import type { ComboboxOption, PbCombobox } from '../../ui/combobox/combobox.ts';
import type { PbFlowEditor } from './flow-editor.ts';
import { shortcutSheet } from './shortcuts.ts';
import { needsInput, type TestInput } from './test-input.ts';
import '../../ui/button/button.ts';
import '../../ui/combobox/combobox.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';

/** Entries of the menu that are pages of the flow as a component. */
const componentPages: readonly string[] = ['overview', 'deploy', 'lifecycle'];

type Open = 'none' | 'shortcuts' | 'connect' | 'publish' | 'test' | 'save-problem' | 'mode';

/**
 * @summary The dialogs of the editor: shortcuts, connect by keyboard, publish, test run, conflict.
 */
@customElement('pb-editor-dialogs')
export class PbEditorDialogs extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      .sheet {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 20px 32px;
      }
      .sheet h3 {
        margin-bottom: 6px;
      }
      .sheet li {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 28px;
      }
      .sheet .kbd {
        margin-left: auto;
        padding: 0 6px;
      }
      .stack {
        display: grid;
        gap: 14px;
      }
    `,
  ];

  @property({ attribute: false }) editor!: PbFlowEditor;

  @state() private open: Open = 'none';
  @state() private note = '';
  @state() private isBusy = false;
  @state() private from = '';
  @query('pb-combobox') private readonly combobox!: PbCombobox | null;

  showShortcuts(): void {
    this.open = 'shortcuts';
  }

  showSaveProblem(): void {
    const { kind } = this.editor.session.autosave.state.get();
    if (kind === 'conflict') void import('./save-conflict.ts').then(() => (this.open = 'save-problem'));
    else this.open = 'save-problem';
  }

  /** Says that there are problems and offers the way to them; false when there are none. */
  private refusesFor(purpose: string): boolean {
    const errors = this.editor.session.issues.get().filter((issue) => issue.severity === 'error').length;
    if (errors === 0) return false;
    const words = `${errors} ${errors === 1 ? 'problem' : 'problems'} to solve before ${purpose}.`;
    this.editor.context.toasts.show(words, {
      tone: 'neutral',
      action: {
        label: 'Show',
        run: () => {
          this.editor.nextProblem();
        },
      },
    });
    this.editor.context.announcer.announce(words);
    return true;
  }

  showPublish(): void {
    if (this.refusesFor('the flow can be published')) return;
    this.note = '';
    this.open = 'publish';
  }

  /** Asks for the trigger's data, or starts at once when there is nothing to ask. */
  startTest(): void {
    if (this.refusesFor('a test run')) return;
    const { document } = this.editor.session.state.get();
    if (needsInput(document.trigger)) {
      void import('./test-run-dialog.ts').then(() => (this.open = 'test')); // its form is only needed here
    } else void this.editor.test.start({});
  }

  /** Lists the steps that a wire may lead to; typing filters. */
  showConnect(from: string): void {
    this.from = from;
    if (this.targets.length === 0) {
      this.editor.context.announcer.announce('There is no step that this one may be connected to.');
      return;
    }
    this.open = 'connect';
    void this.updateComplete.then(() => this.combobox?.updateComplete).then(() => this.combobox?.focus());
  }

  handleMenu(id: string): void {
    const { context, session } = this.editor;
    const flow = { id: session.id, name: session.state.get().document.name };
    if (id === 'shortcuts') this.showShortcuts();
    else if (id === 'mode') this.open = 'mode';
    else if (componentPages.includes(id)) {
      void session.autosave.flush().then(() => {
        context.router.navigate(`/flows/${session.id}/${id}`);
      });
    } else void session.autosave.flush().then(() => downloadFlow(context, flow, id === 'yaml' ? 'yaml' : 'json'));
  }

  private close(): void {
    this.open = 'none';
    if (this.editor.openKey === '') this.editor.canvas?.focus();
  }

  private get targets(): ComboboxOption[] {
    const { document } = this.editor.session.state.get();
    const source = document.steps[this.from];
    const scope = scopeOfStep(document, this.from);
    if (source === undefined || scope === undefined) return [];
    return portIds(source).flatMap((port) =>
      (document.scopes[scope]?.steps ?? []).flatMap((to) => {
        const isNew = !(document.scopes[scope]?.edges ?? []).some(
          (edge) => edge.from === this.from && edge.port === port && edge.to === to,
        );
        const isAllowed = 'document' in checkConnection(document, { from: this.from, port, to });
        const label = document.steps[to]?.title ?? to;
        return isNew && isAllowed
          ? [
              {
                value: `${port}:${to}`,
                label,
                ...(port === 'out' ? {} : { detail: portLabel(document, this.from, port) }),
              },
            ]
          : [];
      }),
    );
  }

  private handleConnect(event: CustomEvent<string>): void {
    const [port, to] = event.detail.split(':');
    if (port !== undefined && to !== undefined) this.editor.actions.connect({ from: this.from, port, to });
    this.close();
  }

  private async publish(): Promise<void> {
    const { session, context } = this.editor;
    this.isBusy = true;
    try {
      if (!(await session.autosave.flush())) return;
      const answer = await context.api.call('publishFlow', { params: { id: session.id }, body: { note: this.note } });
      const flow = (await context.api.call('getFlow', { params: { id: session.id } }))._source;
      session.flow.set(flow);
      session.autosave.accept(flow);
      context.toasts.show(`Version ${answer.version} is live.`);
      this.close();
    } catch (error) {
      if (isAppError(error) && error.code === 'flow_invalid') this.close();
      context.toasts.showProblem(error);
    } finally {
      this.isBusy = false;
    }
  }

  private renderSaveProblem(): TemplateResult {
    const saveState = this.editor.session.autosave.state.get();
    if (saveState.kind === 'refused') {
      return html`<p>${problemSentence(saveState.error)}</p>
        <p class="t2" style="margin-top:8px">Your edits are kept in this browser.</p>
        <pb-button slot="foot" @click=${() => this.close()}>Close</pb-button>
        <pb-button
          slot="foot"
          variant="primary"
          @click=${() => void this.editor.session.autosave.flush().then(() => this.close())}
          >Try again</pb-button
        >`;
    }
    return html`<p>
        The server cannot be reached. Your edits are kept in this browser and are saved as soon as it answers.
      </p>
      <pb-button slot="foot" variant="primary" @click=${() => this.close()}>Close</pb-button>`;
  }

  private renderMode(): TemplateResult {
    const { document } = this.editor.session.state.get();
    return html`<pb-select
        label="How it runs"
        .value=${document.mode}
        .options=${[
          { value: 'auto', label: 'By itself: fast when a caller waits for the answer' },
          { value: 'standard', label: 'Standard: each operation is recorded as it starts' },
          { value: 'fast', label: 'Fast: short, repeatable operations run together' },
        ]}
        @pb-change=${(event: CustomEvent<FlowDocument['mode']>) => {
          this.editor.actions.run(changeFlow({ mode: event.detail }), 'Changed');
        }}
      ></pb-select>
      <pb-button slot="foot" variant="primary" @click=${() => this.close()}>Done</pb-button>`;
  }

  private renderPublish(): TemplateResult {
    return html`<div class="stack">
        <p>
          The draft is locked as a new version and becomes live. Runs that are going on finish with the version they
          began with.
        </p>
        <pb-input
          label="What changed"
          optional
          .value=${this.note}
          @pb-input=${(event: CustomEvent<string>) => (this.note = event.detail)}
        ></pb-input>
      </div>
      <pb-button slot="foot" @click=${() => this.close()}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" ?busy=${this.isBusy} @click=${() => void this.publish()}
        >Publish</pb-button
      >`;
  }

  private renderShortcuts(): TemplateResult {
    return html`<div class="sheet">
      ${shortcutSheet.map(
        (topic) =>
          html`<section>
            <h3 class="over">${topic.title}</h3>
            <ul>
              ${topic.rows.map((row) => html`<li><span>${row.words}</span><span class="kbd">${row.keys}</span></li>`)}
            </ul>
          </section>`,
      )}
    </div>`;
  }

  private renderLeft(): TemplateResult | typeof nothing {
    const { left } = this.editor.session;
    const [copy] = left.copies.get();
    if (copy === undefined) return nothing;
    return html`<pb-dialog
      heading="Edits that were not saved"
      .open=${true}
      @pb-dialog-close=${() => {
        left.drop(copy);
      }}
    >
      <p>
        Another tab of this browser kept edits of this flow that never reached the server. The last one was made
        ${timeAgo(new Date(copy.copy.at).toISOString())}.
      </p>
      <pb-button
        slot="foot"
        @click=${() => {
          left.drop(copy);
        }}
        >Throw them away</pb-button
      >
      <pb-button
        slot="foot"
        variant="primary"
        @click=${() => {
          void left.restore(copy);
        }}
        >Restore them</pb-button
      >
    </pb-dialog>`;
  }

  private dialog(heading: string, content: TemplateResult, isWide = false): TemplateResult {
    return html`<pb-dialog heading=${heading} ?wide=${isWide} .open=${true} @pb-dialog-close=${() => this.close()}
      >${content}</pb-dialog
    >`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { document } = this.editor.session.state.get();
    switch (this.open) {
      case 'shortcuts':
        return this.dialog('Keyboard shortcuts', this.renderShortcuts(), true);
      case 'publish':
        return this.dialog('Publish', this.renderPublish());
      case 'mode':
        return this.dialog('How the flow runs', this.renderMode());
      case 'save-problem':
        return this.editor.session.autosave.state.get().kind === 'conflict'
          ? html`<pb-save-conflict
              .session=${this.editor.session}
              .app=${this.editor.context}
              @pb-dialog-close=${() => this.close()}
            ></pb-save-conflict>`
          : this.dialog('Saving', this.renderSaveProblem());
      case 'connect':
        return this.dialog(
          `Connect ${document.steps[this.from]?.title ?? ''} to`,
          html`<pb-combobox
            label="Step"
            placeholder="Type to filter"
            .options=${this.targets}
            @pb-change=${this.handleConnect}
          ></pb-combobox>`,
        );
      case 'test':
        return html`<pb-test-run-dialog
          .document=${document}
          @pb-dialog-close=${() => this.close()}
          @pb-test-start=${(event: CustomEvent<TestInput>) => {
            this.close();
            void this.editor.test.start(event.detail.input);
          }}
        ></pb-test-run-dialog>`;
      case 'none':
        return this.renderLeft();
    }
  }
}

function portLabel(document: FlowDocument, key: string, port: string): string {
  const step = document.steps[key];
  if (step?.kind !== 'branch') return port;
  return step.cases.find((branchCase) => branchCase.id === port)?.label ?? step.otherwiseLabel ?? 'Otherwise';
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-editor-dialogs': PbEditorDialogs;
  }
}
