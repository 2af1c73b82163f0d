import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { FormControl } from '../field/form-control.ts';

/**
 * @summary On or off, effective at once. The label stands at the right.
 * @event pb-change - detail is the new state.
 */
@customElement('pb-switch')
export class PbSwitch extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-height: 24px;
      }
      input {
        appearance: none;
        margin: 0;
      }
      input:checked {
        background: var(--accent);
      }
      input:checked::after {
        left: 14px;
        background: var(--on-accent);
      }
      input:disabled {
        background: var(--border);
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) checked = false;

  private handleChange(event: Event): void {
    this.checked = (event.target as HTMLInputElement).checked;
    this.emitLocal('pb-change', this.checked);
  }

  protected override render(): TemplateResult {
    return html`<label>
        <input
          class="switch"
          type="checkbox"
          role="switch"
          .checked=${this.checked}
          ?disabled=${this.disabled}
          aria-describedby=${this.help ? 'help' : nothing}
          @change=${this.handleChange}
        />
        <span class=${this.isLabelHidden ? 'vh' : ''}>${this.label}</span>
      </label>
      ${this.help ? html`<p class="help" id="help">${this.help}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-switch': PbSwitch;
  }
}
