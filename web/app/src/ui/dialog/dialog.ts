import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';
import '../button/button.ts';

/**
 * @summary A modal dialog on the native element: focus stays inside, Escape closes, focus goes back to where it was.
 * @slot - The body. @slot foot - Buttons, the primary one last.
 * @event pb-dialog-close - The person closed it; the owner sets `open` to false.
 */
@customElement('pb-dialog')
export class PbDialog extends PbElement {
  static override styles = [
    baseStyles,
    css`
      dialog {
        padding: 0;
        border: 0;
        color: var(--text);
        max-height: calc(100vh - 48px);
        overflow: hidden;
        flex-direction: column;
      }
      dialog[open] {
        display: flex;
      }
      dialog::backdrop {
        background: var(--scrim);
      }
      .dialog-wide {
        width: var(--pb-dialog-width, 760px);
      }
      .dialog-head {
        display: flex;
        align-items: flex-start;
        gap: 12px;
      }
      .dialog-head h2 {
        flex: 1;
        font-size: var(--fs-16);
        line-height: 24px;
        font-weight: var(--w-strong);
      }
      .dialog-body {
        overflow: auto;
        min-height: 0;
        scrollbar-width: thin;
      }
      .dialog-foot {
        justify-content: flex-end;
      }
      .dialog-foot:not(.has-content) {
        display: none;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property() heading = '';
  @property({ type: Boolean }) wide = false;
  @property({ type: Boolean }) alert = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;
  private hasFoot = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open && this.dialog.open) this.dialog.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.hasUpdated) this.dialog.close();
  }

  private handleCancel(event: Event): void {
    event.preventDefault();
    this.emitLocal('pb-dialog-close');
  }

  private handleFootChange(event: Event): void {
    this.hasFoot = (event.target as HTMLSlotElement).assignedNodes().length > 0;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      class="dialog ${this.wide ? 'dialog-wide' : ''}"
      role=${this.alert ? 'alertdialog' : nothing}
      aria-labelledby="heading"
      @cancel=${this.handleCancel}
    >
      <div class="dialog-head">
        <h2 id="heading">${this.heading}</h2>
        <pb-button variant="ghost" size="tiny" icon="x" label="Close" @click=${this.handleCancel}></pb-button>
      </div>
      <div class="dialog-body"><slot></slot></div>
      <div class="dialog-foot ${this.hasFoot ? 'has-content' : ''}">
        <slot name="foot" @slotchange=${this.handleFootChange}></slot>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-dialog': PbDialog;
  }
}
