import type { References } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { plural } from '../format/numbers.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import { ConnectorDialog } from './connector-dialog.ts';
import {
  connectionColumns,
  flowColumns,
  referenceWords,
  type ConnectionReference,
  type FlowReference,
} from './reference-rows.ts';
import '../ui/button/button.ts';
import '../ui/dialog/dialog.ts';
import '../ui/table/table.ts';
import '../ui/tabs/tabs.ts';

/**
 * @summary Where a connector is used: its connections with their places, and flows that use it without one.
 * @event pb-dialog-end - detail is `disable` when the person wants to go on to that, else nothing.
 */
@customElement('pb-references-dialog')
export class PbReferencesDialog extends ConnectorDialog {
  static override styles = [
    baseStyles,
    css`
      .panel {
        padding-top: 8px;
        min-height: 120px;
      }
      .words {
        margin-bottom: 12px;
        color: var(--text-2);
      }
      .words::first-letter {
        text-transform: uppercase;
      }
      .note {
        margin-top: 16px;
      }
    `,
  ];

  @state() private tab = 'connections';

  private renderTable({ connections, components }: References): TemplateResult {
    if (this.tab === 'flows') {
      return html`<pb-table
        label="Flows"
        .columns=${flowColumns()}
        .rows=${components}
        .keyOf=${({ id, step }: FlowReference) => `${id} ${step}`}
      ></pb-table>`;
    }
    if (connections.length === 0) return html`<p class="t3">No connection uses it.</p>`;
    return html`<pb-table
      label="Connections"
      .columns=${connectionColumns()}
      .rows=${connections}
      .keyOf=${({ id }: ConnectionReference) => id}
      .isMuted=${({ enabled }: ConnectionReference) => !enabled}
    ></pb-table>`;
  }

  protected override renderReferences(references: References): TemplateResult {
    const { connections, components } = references;
    const { name, actions } = this.connector;
    return html`<p class="words">${referenceWords(references)}</p>
      <pb-tabs
        label="Kinds of use"
        .value=${this.tab}
        .items=${[
          { id: 'connections', label: 'Connections', count: connections.length },
          { id: 'flows', label: 'Flows', count: components.length },
        ]}
        @pb-tab-change=${(event: CustomEvent<string>) => {
          this.tab = event.detail;
        }}
        ><div class="panel">${this.renderTable(references)}</div></pb-tabs
      >
      ${
        connections.length > 0 && actions['delete']?.allowed
          ? html`<div class="note">
              ${icon('info')}<span
                >To delete ${name}, delete
                ${connections.length === 1 ? 'this connection' : `these ${plural(connections.length, 'connection')}`}
                first. To stop it at once and keep them, disable it.</span
              >
            </div>`
          : nothing
      }`;
  }

  protected override render(): TemplateResult {
    const { name, actions } = this.connector;
    return html`<pb-dialog
      wide
      open
      heading="Where ${name} is used"
      @click=${this.handleClick}
      @pb-dialog-close=${() => {
        this.end();
      }}
    >
      ${this.renderBody()}
      ${
        actions['disable']?.allowed
          ? html`<pb-button
              slot="foot"
              @click=${() => {
                this.end('disable');
              }}
              >Disable…</pb-button
            >`
          : nothing
      }
      <pb-button
        slot="foot"
        variant="primary"
        @click=${() => {
          this.end();
        }}
        >Done</pb-button
      >
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-references-dialog': PbReferencesDialog;
  }
}
