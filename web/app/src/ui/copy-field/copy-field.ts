import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';
import '../button/button.ts';

const doneMs = 2_000;

/**
 * @summary A value to copy: an address, a token, a command.
 */
@customElement('pb-copy-field')
export class PbCopyField extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .box {
        display: flex;
        align-items: flex-start;
        gap: 8px;
        padding: 4px 4px 4px 10px;
        border-radius: var(--r-control);
        background: var(--sunken);
      }
      code {
        flex: 1;
        min-width: 0;
        padding: 4px 0;
        line-height: 18px;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  @property() value = '';
  /** What the value is; part of the name of the button. */
  @property() label = 'value';

  @state() private isDone = false;

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.value);
    this.isDone = true;
    setTimeout(() => {
      this.isDone = false;
    }, doneMs);
  }

  protected override render(): TemplateResult {
    return html`<div class="box">
      <code>${this.value}</code>
      <pb-button
        variant="ghost"
        size="tiny"
        icon=${this.isDone ? 'check' : 'copy'}
        label=${this.isDone ? 'Copied' : `Copy ${this.label}`}
        @click=${this.copy}
      ></pb-button>
      <span class="vh" role="status">${this.isDone ? 'Copied' : ''}</span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-copy-field': PbCopyField;
  }
}
