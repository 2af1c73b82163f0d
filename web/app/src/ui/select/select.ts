import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { describedBy, renderField } from '../field/field.ts';
import { FormControl } from '../field/form-control.ts';
import { icon } from '../icon/icon.ts';

/** One choice of a select. */
export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

/**
 * @summary A native select: every keyboard and every screen reader knows it. `chip` reads as part of it, as in "State any".
 * @event pb-change - detail is the chosen value.
 */
@customElement('pb-select')
export class PbSelect extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .input {
        position: relative;
        padding-right: 28px;
      }
      select {
        appearance: none;
        cursor: default;
        margin-right: -28px !important;
        padding-right: 28px !important;
        text-overflow: ellipsis;
      }
      option {
        background: var(--raised);
        color: var(--text);
      }
      .i {
        position: absolute;
        right: 10px;
        pointer-events: none;
      }
      .input.is-chip {
        border-color: var(--border);
      }
      .is-chip select {
        field-sizing: content;
        max-width: 180px;
        font-weight: var(--w-medium);
      }
      .is-chip .prefix {
        color: var(--text-2);
        white-space: nowrap;
      }
    `,
  ];

  @property() value = '';
  @property({ attribute: false }) options: readonly SelectOption[] = [];
  /** Shown first when nothing is chosen; cannot be chosen again. */
  @property() placeholder = '';
  /** Makes a filter chip: the words stand inside, before the value. */
  @property() chip?: string;

  @query('#control') private readonly control!: HTMLSelectElement;

  override focus(options?: FocusOptions): void {
    this.control.focus(options);
  }

  private handleChange(): void {
    this.value = this.control.value;
    this.emitLocal('pb-change', this.value);
  }

  protected override render(): TemplateResult {
    const isChip = this.chip !== undefined;
    const classes = `input ${isChip ? 'is-chip' : ''} ${this.error ? 'is-bad' : ''} ${this.disabled ? 'is-off' : ''}`;
    return renderField(
      isChip ? { label: this.label || (this.chip ?? ''), isLabelHidden: true } : this.frame,
      html`<div class=${classes}>
        ${isChip ? html`<span class="prefix" aria-hidden="true">${this.chip}</span>` : nothing}
        <select
          id="control"
          ?disabled=${this.disabled}
          aria-required=${this.required ? 'true' : nothing}
          aria-invalid=${this.error ? 'true' : nothing}
          aria-describedby=${describedBy(this)}
          @change=${this.handleChange}
        >
          ${
            this.placeholder === ''
              ? nothing
              : html`<option value="" disabled ?selected=${this.value === ''}>${this.placeholder}</option>`
          }
          ${this.options.map(
            (option) =>
              html`<option
                value=${option.value}
                ?disabled=${option.disabled ?? false}
                .selected=${option.value === this.value}
              >
                ${option.label}
              </option>`,
          )}
        </select>
        ${icon('chevron-down', 12)}
      </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-select': PbSelect;
  }
}
