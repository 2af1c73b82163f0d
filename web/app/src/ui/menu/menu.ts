import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import type { ButtonVariant } from '../button/button.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';
import { PbElement } from '../pb-element.ts';
import { placePopup } from './place-popup.ts';
import '../button/button.ts';

/** One entry of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  readonly disabled?: boolean;
  /** A second line: why it is disabled, or what there is to know. A disabled entry with a hint can be reached, to be read. */
  readonly hint?: string;
  /** Shown at the right, for example `Ctrl D`. */
  readonly shortcut?: string;
  /** A line above this entry. */
  readonly hasLineAbove?: boolean;
  /** Makes it a choice: a check stands before the chosen one. */
  readonly checked?: boolean;
}

/**
 * @summary A button that opens a menu. Arrow keys, Home, End, first letters, Escape.
 * @slot trigger - Replaces the words of the button.
 * @event pb-menu-select - detail is the id of the item.
 */
@customElement('pb-menu')
export class PbMenu extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
      }
      .menu {
        position: fixed;
        inset: auto;
        margin: 0;
        border: 0;
        color: var(--text);
        overflow: auto;
      }
      .menu .item {
        width: 100%;
      }
      .menu .item:hover,
      .menu .item:focus {
        background: var(--pressed);
      }
      .menu .item:focus-visible {
        outline-offset: -2px;
      }
      .menu .kbd {
        border-color: var(--hairline);
      }
      .menu .has-hint {
        height: auto;
        padding-block: 6px;
        align-items: flex-start;
        max-width: 300px;
        text-align: left;
      }
      .hint {
        display: block;
        font-size: var(--fs-12);
        line-height: 16px;
        color: var(--text-3);
        white-space: normal;
      }
      .gap {
        width: 16px;
      }
    `,
  ];

  /** Accessible name of the button (and its words, when there is no icon). */
  @property() label = 'More';
  @property() icon?: IconName;
  @property() variant: ButtonVariant = 'ghost';
  @property() size: 'tiny' | 'small' | 'normal' = 'normal';
  @property() align: 'start' | 'end' = 'end';
  @property({ type: Boolean }) disabled = false;
  /** No chevron: the trigger slot says enough, as an avatar does. */
  @property({ type: Boolean }) plain = false;
  @property({ attribute: false }) items: readonly MenuItem[] = [];

  @state() private isOpen = false;
  @query('.menu') private readonly menu!: HTMLElement;
  @query('pb-button') private readonly button!: HTMLElement;

  private get entries(): HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('.item:not([disabled])')];
  }

  /** Opens the menu and puts focus on its first entry. */
  show(): void {
    this.menu.showPopover();
    placePopup(this.button, this.menu, { align: this.align });
    this.entries[0]?.focus();
  }

  private handleToggle(event: ToggleEvent): void {
    this.isOpen = event.newState === 'open';
  }

  private choose(item: MenuItem): void {
    this.menu.hidePopover();
    this.button.focus();
    this.emitLocal('pb-menu-select', item.id);
  }

  private handleKeydown(event: KeyboardEvent): void {
    const { entries } = this;
    const at = entries.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (target !== undefined) entries[(target + entries.length) % entries.length]?.focus();
    else if (event.key === 'Tab') this.menu.hidePopover();
    else if (event.key.length === 1) this.focusByLetter(event.key, at);
    if (target === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    this.menu.hidePopover();
    this.button.focus();
  }

  private focusByLetter(letter: string, after: number): void {
    const { entries } = this;
    const ordered = [...entries.slice(after + 1), ...entries.slice(0, after + 1)];
    ordered.find((entry) => entry.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
  }

  private renderItem(item: MenuItem): TemplateResult {
    const isChoice = item.checked !== undefined;
    const isOff = item.disabled ?? false;
    const hasHint = item.hint !== undefined;
    return html`${item.hasLineAbove ? html`<hr />` : nothing}
      <button
        type="button"
        class="item ${hasHint ? 'has-hint' : ''} ${item.isDanger ? 'item-danger' : ''} ${isOff ? 'item-off' : ''}"
        role=${isChoice ? 'menuitemradio' : 'menuitem'}
        aria-checked=${isChoice ? String(item.checked) : nothing}
        aria-disabled=${isOff && hasHint ? 'true' : nothing}
        tabindex="-1"
        ?disabled=${isOff && !hasHint}
        @click=${() => {
          if (!isOff) this.choose(item);
        }}
      >
        ${renderWords(item)}
      </button>`;
  }

  protected override render(): TemplateResult {
    return html`<pb-button
        .variant=${this.variant}
        .size=${this.size}
        .icon=${this.icon}
        .label=${this.icon ? this.label : ''}
        .iconEnd=${this.icon || this.plain ? undefined : 'chevron-down'}
        ?disabled=${this.disabled}
        haspopup="menu"
        expanded=${this.isOpen ? 'true' : 'false'}
        @click=${() => {
          if (this.isOpen) this.menu.hidePopover();
          else this.show();
        }}
        >${this.icon ? nothing : html`<slot name="trigger">${this.label}</slot>`}</pb-button
      >
      <div
        class="menu"
        role="menu"
        popover="auto"
        aria-label=${this.label}
        @toggle=${this.handleToggle}
        @keydown=${this.handleKeydown}
      >
        ${this.items.map((item) => this.renderItem(item))}
      </div>`;
  }
}

function renderWords({ checked, icon: name, label, hint, shortcut }: MenuItem): TemplateResult {
  const mark = checked === true ? icon('check') : html`<span class="gap"></span>`;
  const words = hint === undefined ? label : html`<span>${label}<span class="hint">${hint}</span></span>`;
  return html`${checked === undefined ? nothing : mark}${name ? icon(name) : nothing}${words}
  ${shortcut ? html`<span class="kbd">${shortcut}</span>` : nothing}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-menu': PbMenu;
  }
}
