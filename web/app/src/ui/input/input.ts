import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { describedBy, renderField } from '../field/field.ts';
import { FormControl } from '../field/form-control.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';

/**
 * @summary One line or several lines of text, with label, help and error. A password can be shown while it is held.
 * @event pb-input - On each keystroke; detail is the text.
 * @event pb-change - When the value is committed; detail is the text.
 */
@customElement('pb-input')
export class PbInput extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .input {
        height: var(--pb-input-height, var(--control-h));
      }
      .input.area {
        height: auto;
      }
      textarea {
        resize: vertical;
        line-height: var(--lh);
      }
      .is-mono input,
      .is-mono textarea {
        font-family: var(--mono);
        font-size: var(--fs-12);
        letter-spacing: 0;
      }
      .peek {
        display: inline-grid;
        place-items: center;
        width: 24px;
        height: 24px;
        margin-right: -5px;
        border-radius: var(--r-pill);
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
    `,
  ];

  @property() value = '';
  @property() type: 'text' | 'password' | 'email' | 'url' | 'number' | 'search' | 'datetime-local' | 'date' | 'time' =
    'text';
  @property() placeholder = '';
  @property() autocomplete: string = 'off';
  @property() suffix = '';
  @property() icon?: IconName;
  @property({ type: Number }) rows = 1;
  @property({ type: Boolean }) mono = false;
  @property({ type: Boolean }) readonly = false;
  @property({ type: Boolean, reflect: true }) small = false;

  @state() private isRevealed = false;
  @query('#control') private readonly control!: HTMLInputElement | HTMLTextAreaElement;

  override focus(options?: FocusOptions): void {
    this.control.focus(options);
  }

  /** Selects the whole text. */
  select(): void {
    this.control.select();
  }

  private handleInput(): void {
    this.value = this.control.value;
    this.emitLocal('pb-input', this.value);
  }

  private handleChange(): void {
    this.value = this.control.value;
    this.emitLocal('pb-change', this.value);
  }

  private handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing || this.rows > 1) return;
    this.handleChange();
    this.submitForm();
  }

  private renderControl(): TemplateResult {
    const shared = describedBy(this);
    if (this.rows > 1) {
      return html`<textarea
        id="control"
        rows=${this.rows}
        .value=${live(this.value)}
        placeholder=${this.placeholder}
        ?disabled=${this.disabled}
        ?readonly=${this.readonly}
        aria-required=${this.required ? 'true' : nothing}
        aria-invalid=${this.error ? 'true' : nothing}
        aria-describedby=${shared}
        @input=${this.handleInput}
        @change=${this.handleChange}
      ></textarea>`;
    }
    return html`<input
      id="control"
      type=${this.type === 'password' && this.isRevealed ? 'text' : this.type}
      step=${this.type === 'number' ? 'any' : nothing}
      .value=${live(this.value)}
      placeholder=${this.placeholder}
      autocomplete=${this.autocomplete}
      spellcheck=${this.type === 'text' && !this.mono ? nothing : 'false'}
      ?disabled=${this.disabled}
      ?readonly=${this.readonly}
      aria-required=${this.required ? 'true' : nothing}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${shared}
      @input=${this.handleInput}
      @change=${this.handleChange}
      @keydown=${this.handleKeydown}
    />`;
  }

  private renderPeek(): TemplateResult | typeof nothing {
    if (this.type !== 'password') return nothing;
    return html`<button
      type="button"
      class="peek"
      aria-pressed=${this.isRevealed ? 'true' : 'false'}
      aria-label="Show ${this.label === '' ? 'the value' : this.label.toLowerCase()}"
      @click=${() => {
        this.isRevealed = !this.isRevealed;
      }}
    >
      ${icon(this.isRevealed ? 'eye-off' : 'eye', 14)}
    </button>`;
  }

  protected override render(): TemplateResult {
    const classes = `input ${this.rows > 1 ? 'area' : ''} ${this.error ? 'is-bad' : ''} ${this.disabled ? 'is-off' : ''} ${this.mono ? 'is-mono' : ''} ${this.small ? 'input-small' : ''}`;
    return renderField(
      this.frame,
      html`<div class=${classes}>
        ${this.icon ? icon(this.icon, 14) : nothing}${this.renderControl()}${this.renderPeek()}
        ${this.suffix === '' ? nothing : html`<span class="suffix">${this.suffix}</span>`}
        <slot name="end"></slot>
      </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-input': PbInput;
  }
}
