import type { References } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import { ConnectorDialog } from './connector-dialog.ts';
import {
  connectionColumns,
  flowColumns,
  isUsed,
  referenceWords,
  type ConnectionReference,
  type FlowReference,
} from './reference-rows.ts';
import '../ui/button/button.ts';
import '../ui/dialog/dialog.ts';
import '../ui/table/table.ts';

/**
 * @summary A connector that is used is not deleted: all places with links, looked up again when the person comes back from them.
 * @event pb-dialog-end - detail is `delete` when nothing uses it any more and the person goes on.
 */
@customElement('pb-in-use-dialog')
export class PbInUseDialog extends ConnectorDialog {
  static override styles = [
    baseStyles,
    css`
      .note {
        margin-bottom: 16px;
      }
      h3 {
        margin: 16px 0 0;
      }
    `,
  ];

  private readonly handleReturn = (): void => {
    if (document.visibilityState === 'visible') void this.references.run();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('focus', this.handleReturn);
    document.addEventListener('visibilitychange', this.handleReturn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('focus', this.handleReturn);
    document.removeEventListener('visibilitychange', this.handleReturn);
  }

  private renderWhat(references: References): TemplateResult {
    if (!isUsed(references)) {
      return html`<div class="note" role="status">${icon('check')}<span>Nothing uses it any more.</span></div>`;
    }
    return html`<div class="note note-warning" role="status">
      ${icon('triangle-alert')}<span
        >${this.connector.name} is in use: ${referenceWords(references)}. Delete these first; the list follows.</span
      >
    </div>`;
  }

  protected override renderReferences(references: References): TemplateResult {
    const { connections, components } = references;
    const options = { isBeside: true };
    return html`${this.renderWhat(references)}
    ${
      connections.length === 0
        ? nothing
        : html`<pb-table
            label="Connections"
            .columns=${connectionColumns(options)}
            .rows=${connections}
            .keyOf=${({ id }: ConnectionReference) => id}
          ></pb-table>`
    }
    ${
      components.length === 0
        ? nothing
        : html`<pb-table
            label="Flows"
            .columns=${flowColumns(options)}
            .rows=${components}
            .keyOf=${({ id, step }: FlowReference) => `${id} ${step}`}
          ></pb-table>`
    }`;
  }

  protected override render(): TemplateResult {
    const { value } = this.references;
    const isFree = value !== undefined && !isUsed(value);
    return html`<pb-dialog
      wide
      open
      heading="“${this.connector.name}” cannot be deleted yet"
      @click=${this.handleClick}
      @pb-dialog-close=${() => {
        this.end();
      }}
    >
      ${this.renderBody()}
      <pb-button slot="foot" variant="ghost" icon="rotate-cw" @click=${() => void this.references.run()}
        >Look again</pb-button
      >
      <pb-button
        slot="foot"
        @click=${() => {
          this.end();
        }}
        >Close</pb-button
      >
      <pb-button
        slot="foot"
        variant="danger"
        ?disabled=${!isFree}
        @click=${() => {
          this.end('delete');
        }}
        >Delete</pb-button
      >
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-in-use-dialog': PbInUseDialog;
  }
}
