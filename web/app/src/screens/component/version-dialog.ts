import { consume } from '@lit/context';
import { toAppError } from '@patchbay/errors';
import type { ApiVersion, FlowBranch } from '@patchbay/api-contract/client';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fieldProblems, problemSentence } from '../../problems/describe-problem.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { nextVersion } from './component-data.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';

/**
 * @summary The form behind '+ Create New': the associated branch and the new version (CH-21).
 * @event pb-version-made - detail is its number. @event pb-dialog-close
 */
@customElement('pb-version-dialog')
export class PbVersionDialog extends PbElement {
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
  @property({ attribute: false }) branches: readonly FlowBranch[] = [];
  /** Those that are there, newest first. */
  @property({ attribute: false }) versions: readonly ApiVersion[] = [];
  @property({ type: Boolean }) open = false;

  @state() private branch = '';
  /** Undefined: what is proposed. */
  @state() private version: string | undefined;
  @state() private failure: unknown;
  @state() private isBusy = false;

  private get proposed(): string {
    return this.version ?? nextVersion(this.versions);
  }

  private async make(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = undefined;
    try {
      const body = { version: this.proposed.trim(), source_ref: this.branch };
      const { version } = await this.app.api.call('createApiVersion', { params: { id: this.flowId }, body });
      this.version = undefined;
      this.branch = '';
      this.emitLocal('pb-version-made', version);
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }

  /** What is wrong, at the field that it is about. */
  private get problems(): { readonly branch: string; readonly version: string } {
    if (this.failure === undefined) return { branch: '', version: '' };
    const fields = fieldProblems(this.failure);
    const { code } = toAppError(this.failure);
    const sentence = Object.keys(fields).length === 0 ? problemSentence(this.failure) : '';
    const isOfBranch = code === 'branch_not_found';
    return {
      branch: fields['/source_ref'] === undefined ? (isOfBranch ? sentence : '') : 'Choose the branch to build from.',
      version: fields['/version'] ?? (isOfBranch ? '' : sentence),
    };
  }

  protected override render(): TemplateResult {
    const { branch, version } = this.problems;
    return html`<pb-dialog
      heading="Create a new API version"
      ?open=${this.open}
      @pb-dialog-close=${() => this.emitLocal('pb-dialog-close')}
    >
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.make();
        }}
      >
        <pb-select
          label="Associated Branch"
          placeholder="Choose a branch"
          .options=${this.branches.map(({ name }) => ({ value: name, label: name }))}
          .value=${this.branch}
          .error=${branch}
          @pb-change=${(event: CustomEvent<string>) => {
            this.branch = event.detail;
          }}
        ></pb-select>
        <pb-input
          label="New version"
          help="Three numbers, for example 1.0.1"
          .value=${this.proposed}
          .error=${version}
          @pb-input=${(event: CustomEvent<string>) => {
            this.version = event.detail;
          }}
        ></pb-input>
      </form>
      <pb-button slot="foot" @click=${() => this.emitLocal('pb-dialog-close')}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" ?busy=${this.isBusy} @click=${() => void this.make()}>Create</pb-button>
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-version-dialog': PbVersionDialog;
  }
}
