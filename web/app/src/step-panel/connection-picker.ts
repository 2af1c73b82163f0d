import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient, Connection } from '@patchbay/api-contract/client';
import type { StepOf } from '@patchbay/flow-model';
import type { CatalogStore } from '../canvas/editor/catalog-store.ts';
import type { SavedConnection } from '../connections/connection-form.ts';
import { problemSentence } from '../problems/describe-problem.ts';
import { SignalWatcher } from '../store/signals.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { PbElement } from '../ui/pb-element.ts';
import '../ui/dialog/dialog.ts';
import '../ui/select/select.ts';

const createNew = '__new__';

/**
 * @summary Which connection a step uses; tests it, and creates one without leaving the flow.
 * @event pb-connection-pick - detail is the id, or undefined for none.
 */
@customElement('pb-connection-picker')
export class PbConnectionPicker extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        position: relative;
      }
      .test {
        position: absolute;
        right: 0;
        top: 0;
        min-height: 18px;
      }
      .help {
        margin-top: 6px;
      }
    `,
  ];

  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) catalog!: CatalogStore;
  @property({ attribute: false }) step!: StepOf<'operation'>;
  @property({ type: Boolean }) readonly = false;

  @state() private isCreating = false;
  @state() private outcome: { readonly text: string; readonly isBad: boolean } | undefined;
  @state() private isTesting = false;

  protected override willUpdate(): void {
    if (this.#testedId !== this.step.connectionId) this.outcome = undefined;
  }

  #testedId: string | undefined;

  private get fitting(): readonly Connection[] {
    return this.catalog.connections.get().filter((connection) => connection.connector.slug === this.step.connector);
  }

  private get needsNone(): boolean {
    const manifest = this.catalog.manifestOf(this.step.connector, this.step.version);
    return manifest?.auth.some((scheme) => scheme.type === 'none') === true;
  }

  private handleChange(event: CustomEvent<string>): void {
    if (event.detail === createNew) {
      void import('../connections/connection-form.ts');
      this.isCreating = true;
      this.requestUpdate();
      return;
    }
    this.emitLocal('pb-connection-pick', event.detail === '' ? undefined : event.detail);
  }

  private async handleSaved(event: CustomEvent<SavedConnection>): Promise<void> {
    event.stopPropagation();
    this.isCreating = false;
    await this.catalog.reloadConnections();
    this.emitLocal('pb-connection-pick', event.detail.id);
  }

  private async test(): Promise<void> {
    const { connectionId } = this.step;
    if (connectionId === undefined || this.isTesting) return;
    this.isTesting = true;
    try {
      const result = await this.api.call('testConnection', { params: { id: connectionId } });
      this.#testedId = connectionId;
      this.outcome = { text: result.message, isBad: result.health !== 'healthy' };
      await this.catalog.reloadConnections();
    } catch (error) {
      this.outcome = { text: problemSentence(error), isBad: true };
    } finally {
      this.isTesting = false;
    }
  }

  private get options(): { value: string; label: string; disabled?: boolean }[] {
    const known = this.fitting.map((connection) => ({
      value: connection.id,
      label: `${connection.name}${connection.health === 'offline' ? ' (offline)' : connection.enabled ? '' : ' (disabled)'}`,
    }));
    const { connectionId } = this.step;
    const isGone = connectionId !== undefined && !this.fitting.some((connection) => connection.id === connectionId);
    return [
      { value: '', label: this.needsNone ? 'None needed' : 'Choose a connection' },
      ...known,
      ...(isGone ? [{ value: connectionId, label: 'A connection that is gone', disabled: true }] : []),
      { value: createNew, label: '+ New connection' },
    ];
  }

  protected override render(): TemplateResult {
    return html`<pb-select
        label="Connection"
        .value=${this.step.connectionId ?? ''}
        .options=${this.options}
        ?disabled=${this.readonly}
        @pb-change=${this.handleChange}
      ></pb-select>
      ${
        this.step.connectionId === undefined || this.readonly
          ? nothing
          : html`<button
              class="btn btn-link small test"
              aria-disabled=${this.isTesting ? 'true' : nothing}
              @click=${() => void this.test()}
            >
              ${this.isTesting ? 'Testing' : 'Test'}
            </button>`
      }
      ${this.outcome === undefined ? nothing : html`<p class="help ${this.outcome.isBad ? 'help-bad' : ''}" role="status">${this.outcome.text}</p>`}
      ${
        this.isCreating
          ? html`<pb-dialog heading="New connection" .open=${true} @pb-dialog-close=${() => (this.isCreating = false)}>
              <pb-connection-form
                .connector=${this.step.connector}
                @pb-connection-saved=${this.handleSaved}
                @pb-cancel=${() => (this.isCreating = false)}
              ></pb-connection-form>
            </pb-dialog>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connection-picker': PbConnectionPicker;
  }
}
