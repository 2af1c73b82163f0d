import type { References } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problemSentence } from '../problems/describe-problem.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import type { Column } from '../ui/table/table.ts';
import { ConnectorDialog } from './connector-dialog.ts';
import { connectionColumns, flowColumns, referenceWords } from './reference-rows.ts';
import type { ConnectionReference, FlowReference } from './reference-rows.ts';
import '../ui/button/button.ts';
import '../ui/dialog/dialog.ts';
import '../ui/switch/switch.ts';
import '../ui/table/table.ts';

/**
 * @summary Before a connector is switched off: what uses it, a switch per connection, and only then 'Proceed to Disable' (ZO-54,
 * ZO-55). Nothing changes before that; authorizations are kept.
 * @event pb-dialog-end - detail is `disabled` when it was done.
 */
@customElement('pb-disable-dialog')
export class PbDisableDialog extends ConnectorDialog {
  static override styles = [
    baseStyles,
    css`
      .lead {
        margin-bottom: 12px;
      }
      .note {
        margin-top: 16px;
      }
    `,
  ];

  /** Connections that the person has switched off here. */
  @state() private off: ReadonlySet<string> = new Set();
  @state() private isBusy = false;
  @state() private failure: unknown;

  private isOn({ id, enabled }: ConnectionReference): boolean {
    return enabled && !this.off.has(id);
  }

  private toggle({ id }: ConnectionReference, isOn: boolean): void {
    const off = new Set(this.off);
    if (isOn) off.delete(id);
    else off.add(id);
    this.off = off;
  }

  private async proceed(): Promise<void> {
    const { api } = this.app;
    this.isBusy = true;
    this.failure = undefined;
    try {
      const body = { disable_connections: this.off.size > 0 };
      await api.call('disableConnector', { params: { id: this.connector.id }, body });
      this.end('disabled');
    } catch (error) {
      this.failure = error;
      await this.references.run();
    } finally {
      this.isBusy = false;
    }
  }

  private get columns(): Column<ConnectionReference>[] {
    return [
      ...connectionColumns(),
      {
        id: 'enabled',
        label: 'Enabled',
        align: 'end',
        render: (connection) =>
          html`<pb-switch
            label="Enabled: ${connection.name}"
            label-hidden
            ?checked=${this.isOn(connection)}
            ?disabled=${!connection.enabled}
            @pb-change=${(event: CustomEvent<boolean>) => {
              this.toggle(connection, event.detail);
            }}
          ></pb-switch>`,
      },
    ];
  }

  protected override renderReferences(references: References): TemplateResult {
    const { connections, components } = references;
    return html`<p class="lead">
        Calls stop at once; flows that use it fail. Nothing is deleted, and authorizations are kept for when it is
        enabled again.
      </p>
      <p class="lead medium">It is used by: ${referenceWords(references)}.</p>
      ${
        connections.length === 0
          ? nothing
          : html`<pb-table
              label="Connections"
              .columns=${this.columns}
              .rows=${connections}
              .keyOf=${({ id }: ConnectionReference) => id}
            ></pb-table>`
      }
      ${
        components.length === 0
          ? nothing
          : html`<pb-table
              label="Flows"
              .columns=${flowColumns()}
              .rows=${components}
              .keyOf=${({ id, step }: FlowReference) => `${id} ${step}`}
            ></pb-table>`
      }
      ${
        connections.some((connection) => this.isOn(connection))
          ? html`<div class="note" role="status">${icon('info')}<span>Switch all connections off to go on.</span></div>`
          : nothing
      }
      ${
        this.failure === undefined
          ? nothing
          : html`<div class="note note-danger" role="alert">
              ${icon('circle-alert')}<span>${problemSentence(this.failure)}</span>
            </div>`
      }`;
  }

  protected override render(): TemplateResult {
    const { value } = this.references;
    const isReady = value !== undefined && !value.connections.some((connection) => this.isOn(connection));
    return html`<pb-dialog
      wide
      open
      heading="Disable “${this.connector.name}”?"
      @click=${this.handleClick}
      @pb-dialog-close=${() => {
        this.end();
      }}
    >
      ${this.renderBody()}
      <pb-button
        slot="foot"
        @click=${() => {
          this.end();
        }}
        >Cancel</pb-button
      >
      <pb-button
        slot="foot"
        variant="danger"
        ?busy=${this.isBusy}
        ?disabled=${!isReady}
        @click=${() => void this.proceed()}
        >Proceed to Disable</pb-button
      >
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-disable-dialog': PbDisableDialog;
  }
}
