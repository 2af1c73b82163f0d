import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { describedBy, renderField } from '../field/field.ts';
import { FormControl } from '../field/form-control.ts';
import { icon } from '../icon/icon.ts';
import { placePopup } from '../menu/place-popup.ts';
import { tile, type TileLook } from '../tile/tile.ts';

/** One choice of a combobox. */
export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  /** Small words at the right. */
  readonly detail?: string;
  readonly tile?: TileLook;
}

/**
 * @summary Type to filter, arrows to move, Enter to choose (ARIA combobox with a listbox).
 * With `custom`, the typed text itself may be the value.
 * @event pb-change - detail is the value.
 */
@customElement('pb-combobox')
export class PbCombobox extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .menu {
        position: fixed;
        inset: auto;
        margin: 0;
        border: 0;
        color: var(--text);
        overflow: auto;
        max-height: 320px !important;
        scrollbar-width: thin;
      }
      .item.is-active {
        background: var(--pressed);
      }
      .none {
        padding: 8px;
        color: var(--text-3);
      }
    `,
  ];

  @property() value = '';
  @property() placeholder = '';
  @property({ attribute: false }) options: readonly ComboboxOption[] = [];
  @property({ type: Boolean }) custom = false;

  @state() private text: string | undefined;
  @state() private active = -1;
  @state() private isOpen = false;
  @query('input') private readonly control!: HTMLInputElement;
  @query('.input') private readonly box!: HTMLElement;
  @query('.menu') private readonly list!: HTMLElement;

  override focus(options?: FocusOptions): void {
    this.control.focus(options);
  }

  private get shown(): readonly ComboboxOption[] {
    const words = (this.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    return this.options.filter(({ label, detail, value }) => {
      const text = `${label} ${detail ?? ''} ${value}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  private open(): void {
    if (this.isOpen || this.disabled) return;
    this.isOpen = true;
    this.list.showPopover();
    placePopup(this.box, this.list, { isMatchingWidth: true });
  }

  private close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.active = -1;
    this.list.hidePopover();
  }

  private choose(value: string): void {
    this.text = undefined;
    this.close();
    if (value === this.value) return;
    this.value = value;
    this.emitLocal('pb-change', value);
  }

  private handleInput(): void {
    this.text = this.control.value;
    this.active = this.custom ? -1 : 0;
    this.open();
  }

  private handleBlur(): void {
    if (this.custom && this.text !== undefined) this.choose(this.text);
    this.text = undefined;
    this.close();
  }

  private move(step: 1 | -1): void {
    const { length } = this.shown;
    if (length === 0) return;
    this.open();
    const from = this.active === -1 && step === -1 ? 0 : this.active;
    this.active = (from + step + length) % length;
    void this.updateComplete.then(() =>
      this.shadowRoot?.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' }),
    );
  }

  private chooseActive(): void {
    const option = this.shown[this.active];
    if (option) this.choose(option.value);
    else if (this.custom && this.text !== undefined) this.choose(this.text);
  }

  private handleKeydown(event: KeyboardEvent): void {
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      ...(this.isOpen ? { Escape: () => this.cancel(), Enter: () => this.chooseActive() } : {}),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    if (event.key === 'Escape') event.stopPropagation();
    action();
  }

  private cancel(): void {
    this.text = undefined;
    this.close();
  }

  private renderOption(option: ComboboxOption, index: number): TemplateResult {
    return html`<div
      class="item ${index === this.active ? 'is-active' : ''}"
      id="option-${index}"
      role="option"
      aria-selected=${option.value === this.value ? 'true' : 'false'}
      @pointerdown=${(event: Event) => {
        event.preventDefault();
        this.choose(option.value);
      }}
    >
      ${option.tile ? tile(option.tile, 20) : nothing}<span class="cut">${option.label}</span>
      ${option.detail ? html`<span class="end small t3">${option.detail}</span>` : nothing}
    </div>`;
  }

  private renderInput(chosen: ComboboxOption | undefined): TemplateResult {
    const active = this.active >= 0 && this.isOpen ? `option-${this.active}` : nothing;
    return html`<input
      id="control"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      placeholder=${this.placeholder}
      .value=${live(this.text ?? chosen?.label ?? this.value)}
      ?disabled=${this.disabled}
      aria-expanded=${String(this.isOpen)}
      aria-controls="list"
      aria-autocomplete="list"
      aria-activedescendant=${active}
      aria-required=${this.required ? 'true' : nothing}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${describedBy(this)}
      @input=${this.handleInput}
      @click=${this.open}
      @blur=${this.handleBlur}
      @keydown=${this.handleKeydown}
    />`;
  }

  protected override render(): TemplateResult {
    const chosen = this.options.find((option) => option.value === this.value);
    const picture = this.text === undefined ? chosen?.tile : undefined;
    const { shown } = this;
    return renderField(
      this.frame,
      html`<div class="input ${this.error ? 'is-bad' : ''} ${this.disabled ? 'is-off' : ''}">
          ${picture ? tile(picture, 20) : nothing}${this.renderInput(chosen)}${icon('chevron-down', 12)}
        </div>
        <div class="menu" id="list" role="listbox" popover="manual" aria-label=${this.label || this.placeholder}>
          ${shown.map((option, index) => this.renderOption(option, index))}
          ${shown.length > 0 ? nothing : html`<div class="none" role="option" aria-selected="false">Nothing fits</div>`}
        </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-combobox': PbCombobox;
  }
}
