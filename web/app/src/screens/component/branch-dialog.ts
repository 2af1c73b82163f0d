import { consume } from '@lit/context';
import { toAppError } from '@patchbay/errors';
import type { FlowBranch } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fieldProblems, problemSentence } from '../../problems/describe-problem.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';

/**
 * @summary Makes a branch of a flow as a copy of another one (CH-19).
 * @event pb-branch-made - detail is its name. @event pb-dialog-close
 */
@customElement('pb-branch-dialog')
export class PbBranchDialog extends PbElement {
  static override styles = [
    baseStyles,
    css`
      form {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property() flowId = '';
  /** The current one first: it is copied unless another is chosen. */
  @property({ attribute: false }) branches: readonly FlowBranch[] = [];
  @property({ type: Boolean }) open = false;

  @state() private name = '';
  @state() private from = '';
  @state() private failure: unknown;
  @state() private isBusy = false;

  private async make(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = undefined;
    const { name } = this;
    try {
      const body = { name, ...(this.source !== '' && { from: this.source }) };
      await this.app.api.call('createFlowBranch', { params: { id: this.flowId }, body });
      this.name = '';
      this.from = '';
      this.emitLocal('pb-branch-made', name.trim());
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }

  private get source(): string {
    return this.from === '' ? (this.branches[0]?.name ?? '') : this.from;
  }

  private get nameProblem(): string {
    if (this.failure === undefined) return '';
    return fieldProblems(this.failure)['/name'] ?? problemSentence(toAppError(this.failure));
  }

  protected override render(): TemplateResult {
    return html`<pb-dialog
      heading="New branch"
      ?open=${this.open}
      @pb-dialog-close=${() => this.emitLocal('pb-dialog-close')}
    >
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.make();
        }}
      >
        <pb-input
          label="Name"
          help="For example fix-1"
          autofocus
          .value=${this.name}
          .error=${this.nameProblem}
          @pb-input=${(event: CustomEvent<string>) => {
            this.name = event.detail;
          }}
        ></pb-input>
        <pb-select
          label="Copy of"
          .options=${this.branches.map(({ name }) => ({ value: name, label: name }))}
          .value=${this.source}
          @pb-change=${(event: CustomEvent<string>) => {
            this.from = event.detail;
          }}
        ></pb-select>
      </form>
      <pb-button slot="foot" @click=${() => this.emitLocal('pb-dialog-close')}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" ?busy=${this.isBusy} @click=${() => void this.make()}
        >Make branch</pb-button
      >${nothing}
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-branch-dialog': PbBranchDialog;
  }
}
