import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { problemSentence } from '../../problems/describe-problem.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { toAppError } from '@patchbay/errors';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/drop-zone/drop-zone.ts';
import '../../ui/input/input.ts';

/** Longest text the API takes. */
const maxCharacters = 1_048_576;

/**
 * @summary Makes a flow from a JSON or YAML file, or from pasted text.
 * @event pb-import-done - detail is the id of the new flow. @event pb-dialog-close
 */
@customElement('pb-import-dialog')
export class PbImportDialog extends PbElement {
  static override styles = [
    baseStyles,
    css`
      pb-drop-zone {
        margin-bottom: 14px;
      }
      .note {
        margin-top: 14px;
      }
      li {
        margin-top: 4px;
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ type: Boolean }) open = false;

  @state() private text = '';
  @state() private failure: unknown;
  @state() private isBusy = false;

  private async take(file: File): Promise<void> {
    this.text = await file.text();
    this.failure = undefined;
    await this.import();
  }

  private async import(): Promise<void> {
    const text = this.text.trim();
    if (text === '' || this.isBusy) return;
    this.isBusy = true;
    this.failure = undefined;
    try {
      const format = text.startsWith('{') ? 'json' : 'yaml';
      const { _id } = await this.app.api.call('importFlow', { body: { text: text.slice(0, maxCharacters), format } });
      this.text = '';
      this.emitLocal('pb-import-done', _id);
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }

  private renderFailure(): TemplateResult | typeof nothing {
    if (this.failure === undefined) return nothing;
    const { fields } = toAppError(this.failure).details as { fields?: { path: string; message: string }[] };
    return html`<div class="note note-danger" role="alert">
      ${icon('circle-alert')}
      <div>
        ${problemSentence(this.failure)}
        ${
          Array.isArray(fields)
            ? html`<ul>
                ${fields.slice(0, 5).map((field) => html`<li><code>${field.path || '/'}</code> ${field.message}</li>`)}
              </ul>`
            : nothing
        }
      </div>
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<pb-dialog
      heading="Import a flow"
      ?open=${this.open}
      @pb-dialog-close=${() => this.emitLocal('pb-dialog-close')}
    >
      <pb-drop-zone
        label="Flow file"
        words="Drop a JSON or YAML file here"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        @pb-file=${(event: CustomEvent<File>) => void this.take(event.detail)}
      ></pb-drop-zone>
      <pb-input
        label="Or paste its text"
        mono
        rows="10"
        .value=${this.text}
        @pb-input=${(event: CustomEvent<string>) => {
          this.text = event.detail;
        }}
      ></pb-input>
      ${this.renderFailure()}
      <pb-button
        slot="foot"
        @click=${() => {
          this.emitLocal('pb-dialog-close');
        }}
        >Cancel</pb-button
      >
      <pb-button
        slot="foot"
        variant="primary"
        ?busy=${this.isBusy}
        ?disabled=${this.text.trim() === ''}
        @click=${() => void this.import()}
        >Import</pb-button
      >
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-import-dialog': PbImportDialog;
  }
}
