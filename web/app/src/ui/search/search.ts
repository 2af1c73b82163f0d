import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import { PbElement } from '../pb-element.ts';

const pauseMs = 180;

/**
 * @summary A search box. Waits for a short pause in the typing; Escape clears it.
 * @event pb-search - detail is the text.
 */
@customElement('pb-search')
export class PbSearch extends PbElement {
  static override shadowRootOptions: ShadowRootInit = { ...PbElement.shadowRootOptions, delegatesFocus: true };
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
      input::-webkit-search-cancel-button {
        display: none;
      }
      .clear {
        display: inline-grid;
        place-items: center;
        width: 24px;
        height: 24px;
        margin-right: -6px;
        border-radius: var(--r-pill);
      }
    `,
  ];

  @property() label = 'Search';
  @property() placeholder = '';
  @property() value = '';
  /** Said at the right, for example "18 connectors". */
  @property() result = '';
  @property() shortcut = '';

  @state() private text: string | undefined;
  @query('input') private readonly control!: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override focus(options?: FocusOptions): void {
    this.control.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private send(text: string): void {
    clearTimeout(this.timer);
    this.value = text;
    this.text = undefined;
    this.emitLocal('pb-search', text);
  }

  private handleInput(): void {
    this.text = this.control.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.send(this.control.value);
    }, pauseMs);
  }

  private handleKeydown(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.send(this.control.value);
    if (event.key !== 'Escape' || this.control.value === '') return;
    event.stopPropagation();
    this.clear();
  }

  private clear(): void {
    this.control.value = '';
    this.send('');
    this.control.focus();
  }

  protected override render(): TemplateResult {
    const text = this.text ?? this.value;
    return html`<div class="input search" role="search">
      ${icon('search', 14)}
      <input
        type="search"
        aria-label=${this.label}
        placeholder=${this.placeholder}
        autocomplete="off"
        spellcheck="false"
        .value=${live(text)}
        @input=${this.handleInput}
        @keydown=${this.handleKeydown}
      />
      ${this.result === '' ? nothing : html`<span class="small t3 nowrap" role="status">${this.result}</span>`}
      ${
        text === ''
          ? this.shortcut === ''
            ? nothing
            : html`<span class="kbd" aria-hidden="true">${this.shortcut}</span>`
          : html`<button type="button" class="clear" aria-label="Clear" @click=${this.clear}>${icon('x', 14)}</button>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-search': PbSearch;
  }
}
