import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Flow } from '@patchbay/api-contract/client';
import { mergeDocuments, type MergeConflict, type MergedDocument, type MergeSide } from '@patchbay/canvas-core';
import type { AppContext } from '../../shell/app-context.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { describeConflict } from './describe-conflict.ts';
import type { FlowSession } from './flow-session.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/segmented/segmented.ts';

/**
 * @summary Somebody else saved the flow first: merge both, or keep one of them, or both apart.
 * @event pb-dialog-close - A decision was made, or put off.
 */
@customElement('pb-save-conflict')
export class PbSaveConflict extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      .list {
        display: grid;
        gap: 10px;
        margin-top: 14px;
      }
      .conflict {
        display: grid;
        gap: 8px;
        padding: 12px;
        border: 1px solid var(--border);
        border-radius: var(--r-card, 8px);
      }
      .head {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .sides {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 12px;
      }
      .side code {
        display: block;
        overflow-wrap: anywhere;
        color: var(--text-2);
      }
      .side.is-taken code {
        color: var(--text);
      }
      @media (max-width: 600px) {
        .sides {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: FlowSession;
  @property({ attribute: false }) app!: AppContext;

  @state() private theirs: Flow | undefined;
  @state() private choices: Readonly<Record<string, MergeSide>> = {};
  @state() private isBusy = false;

  protected override firstUpdated(): void {
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.theirs = (await this.app.api.call('getFlow', { params: { id: this.session.id } }))._source;
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  private close(): void {
    this.emitLocal('pb-dialog-close');
  }

  private get mine(): Flow['document'] {
    return this.session.state.get().document;
  }

  private mergeWith(theirs: Flow): MergedDocument {
    const base = this.session.autosave.base.document;
    return mergeDocuments({ base, mine: this.mine, theirs: theirs.document }, this.choices);
  }

  /** The merged flow is an edit on top of theirs: it can be undone, and is saved like any other. */
  private async merge(theirs: Flow): Promise<void> {
    const { autosave } = this.session;
    const { document } = this.mergeWith(theirs);
    autosave.rebase(theirs);
    this.session.run({ name: 'merge', label: 'Merge', apply: () => ({ document }) });
    autosave.changed(document);
    await this.act(async () => {
      if (await autosave.flush()) this.app.toasts.show('Both versions are one now.');
    });
  }

  private async takeTheirs(): Promise<void> {
    await this.act(() => this.session.reload());
  }

  private async keepMine(theirs: Flow): Promise<void> {
    await this.act(() => this.session.autosave.overwrite(theirs.revision));
  }

  private async keepBoth(): Promise<void> {
    await this.act(async () => {
      const document = { ...this.mine, name: `${this.mine.name.slice(0, 105)} (my edits)` };
      const { _id } = await this.app.api.call('createFlow', { body: { document } });
      await this.session.reload();
      this.app.toasts.show('Your edits are a flow of their own now.', {
        action: {
          label: 'Open',
          run: () => {
            this.app.router.navigate(`/flows/${_id}`);
          },
        },
      });
    });
  }

  private async act(run: () => Promise<unknown>): Promise<void> {
    this.isBusy = true;
    try {
      await run();
      this.close();
    } catch (error) {
      this.app.toasts.showProblem(error);
    } finally {
      this.isBusy = false;
    }
  }

  private renderConflict(conflict: MergeConflict, theirs: Flow): TemplateResult {
    const words = describeConflict(conflict, { mine: this.mine, theirs: theirs.document });
    const side = this.choices[conflict.id] ?? 'mine';
    const taken = (which: MergeSide): string => (which === side ? 'side is-taken' : 'side');
    return html`<section class="conflict" aria-label=${words.subject}>
      <div class="head">
        <h3 class="h3 grow cut">${words.subject}</h3>
        <pb-segmented
          label="Which ${words.subject} to take"
          .value=${side}
          .items=${[
            { value: 'mine', label: 'Mine' },
            { value: 'theirs', label: 'Theirs' },
          ]}
          @pb-change=${(event: CustomEvent<MergeSide>) => (this.choices = { ...this.choices, [conflict.id]: event.detail })}
        ></pb-segmented>
      </div>
      <div class="sides">
        <div class=${taken('mine')}><span class="small t3">Mine</span><code>${words.mine}</code></div>
        <div class=${taken('theirs')}><span class="small t3">Theirs</span><code>${words.theirs}</code></div>
      </div>
    </section>`;
  }

  private renderMerge(theirs: Flow): TemplateResult {
    const { conflicts } = this.mergeWith(theirs);
    if (conflicts.length === 0) return html`<p style="margin-top:8px">Your edits and theirs fit together.</p>`;
    const count = conflicts.length === 1 ? 'one thing' : `${conflicts.length} things`;
    return html`<p style="margin-top:8px">Both of you changed ${count}. Everything else fits together.</p>
      <div class="list">${conflicts.map((conflict) => this.renderConflict(conflict, theirs))}</div>`;
  }

  protected override render(): TemplateResult {
    const { theirs } = this;
    const isOff = theirs === undefined || this.isBusy;
    return html`<pb-dialog wide heading="Saving" .open=${true} @pb-dialog-close=${() => this.close()}>
      <p>
        Somebody else, or you in another window, saved this flow after you opened it. Nothing of yours is lost: it is
        still here, and a copy is kept in this browser.
      </p>
      ${theirs === undefined ? html`<p class="t2" style="margin-top:8px">Comparing both versions…</p>` : this.renderMerge(theirs)}
      <pb-button slot="foot" ?disabled=${this.isBusy} @click=${() => void this.takeTheirs()}>Take theirs</pb-button>
      <pb-button slot="foot" ?disabled=${this.isBusy} @click=${() => void this.keepBoth()}
        >Keep mine as a new flow</pb-button
      >
      <pb-button slot="foot" ?disabled=${isOff} @click=${() => theirs && void this.keepMine(theirs)}
        >Save mine over it</pb-button
      >
      <pb-button slot="foot" variant="primary" ?disabled=${isOff} @click=${() => theirs && void this.merge(theirs)}
        >Merge both</pb-button
      >
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-save-conflict': PbSaveConflict;
  }
}
