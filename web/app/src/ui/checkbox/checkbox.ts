import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { FormControl } from '../field/form-control.ts';
import { icon } from '../icon/icon.ts';

/**
 * @summary A checkbox with its label at the right; `count` stands at the far end, as in the facets of the marketplace.
 * @event pb-change - detail is the new state.
 */
@customElement('pb-checkbox')
export class PbCheckbox extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
      }
      .check {
        position: relative;
      }
      input {
        position: absolute;
        inset: -4px;
        margin: 0;
        opacity: 0;
      }
      .check:has(:focus-visible) {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) checked = false;
  @property({ type: Number }) count?: number;

  private handleChange(event: Event): void {
    this.checked = (event.target as HTMLInputElement).checked;
    this.emitLocal('pb-change', this.checked);
  }

  protected override render(): TemplateResult {
    return html`<label>
        <span class="check ${this.checked ? 'is-on' : ''}">
          <input
            type="checkbox"
            .checked=${this.checked}
            ?disabled=${this.disabled}
            aria-describedby=${this.help ? 'help' : nothing}
            @change=${this.handleChange}
          />${this.checked ? icon('check', 12) : nothing}
        </span>
        <span class=${this.isLabelHidden ? 'vh' : 'cut'}>${this.label}</span>
        ${this.count === undefined ? nothing : html`<span class="end small t3 num">${this.count}</span>`}
      </label>
      ${this.help ? html`<p class="help" id="help">${this.help}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-checkbox': PbCheckbox;
  }
}
