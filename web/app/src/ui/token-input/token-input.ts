import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { describedBy, renderField } from '../field/field.ts';
import { FormControl } from '../field/form-control.ts';
import { icon } from '../icon/icon.ts';

/**
 * @summary A list of short words: type one and Enter; comma or a pasted list adds several. Backspace in the empty field takes the last.
 * @event pb-change - detail is the new list.
 */
@customElement('pb-token-input')
export class PbTokenInput extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .input {
        height: auto;
        min-height: var(--control-h);
        flex-wrap: wrap;
        gap: 4px;
        padding-block: 3px;
      }
      .input > input {
        flex: 1;
        min-width: 96px;
        height: 24px;
      }
      .is-mono .key {
        font-family: var(--mono);
      }
      .key {
        height: 24px;
        max-width: 100%;
        padding-right: 0;
        font-family: inherit;
      }
      .key button {
        display: inline-grid;
        place-items: center;
        width: 24px;
        height: 24px;
        border-radius: var(--r-pill);
      }
      .key button:hover {
        background: var(--pressed);
      }
      .fixed {
        padding-right: 6px;
      }
    `,
  ];

  @property({ attribute: false }) value: readonly string[] = [];
  @property() placeholder = '';
  @property({ type: Boolean }) mono = false;
  /** These stay: they have no button that removes them. */
  @property({ attribute: false }) fixed: readonly string[] = [];
  /** What parts a typed or pasted text, beside a line break. */
  @property({ attribute: false }) separator: RegExp = /[,\n]+/;

  @query('#control') private readonly control!: HTMLInputElement;

  override focus(options?: FocusOptions): void {
    this.control.focus(options);
  }

  private put(value: readonly string[]): void {
    this.value = value;
    this.emitLocal('pb-change', value);
  }

  private add(text: string): void {
    const words = text.split(this.separator).map((word) => word.trim());
    const fresh = words.filter(
      (word, index) => word !== '' && !this.value.includes(word) && words.indexOf(word) === index,
    );
    this.control.value = '';
    if (fresh.length > 0) this.put([...this.value, ...fresh]);
  }

  private drop(word: string): void {
    this.put(this.value.filter((other) => other !== word));
    this.focus();
  }

  private handleKeydown(event: KeyboardEvent): void {
    const { value } = this.control;
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      this.add(value);
      return;
    }
    const last = this.value.at(-1);
    if (event.key === 'Backspace' && value === '' && last !== undefined && !this.fixed.includes(last)) this.drop(last);
  }

  private handleInput(): void {
    const { value } = this.control;
    if (this.separator.test(value)) this.add(value);
  }

  private renderToken(word: string): TemplateResult {
    const isFixed = this.disabled || this.fixed.includes(word);
    return html`<span class="key ${isFixed ? 'fixed' : ''}"
      ><span class="cut">${word}</span>${
        isFixed
          ? this.disabled
            ? nothing
            : icon('lock', 12)
          : html`<button
              type="button"
              aria-label="Remove ${word}"
              @click=${() => {
                this.drop(word);
              }}
            >
              ${icon('x', 12)}
            </button>`
      }</span
    >`;
  }

  protected override render(): TemplateResult {
    const classes = `input ${this.error ? 'is-bad' : ''} ${this.disabled ? 'is-off' : ''} ${this.mono ? 'is-mono' : ''}`;
    return renderField(
      this.frame,
      html`<div class=${classes}>
        ${this.value.map((word) => this.renderToken(word))}
        <input
          id="control"
          type="text"
          autocomplete="off"
          spellcheck="false"
          placeholder=${this.value.length === 0 ? this.placeholder : ''}
          ?disabled=${this.disabled}
          aria-invalid=${this.error ? 'true' : nothing}
          aria-describedby=${describedBy(this)}
          @keydown=${this.handleKeydown}
          @input=${this.handleInput}
          @change=${() => {
            this.add(this.control.value);
          }}
        />
      </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-token-input': PbTokenInput;
  }
}
