import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../glyph/glyph.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';
import { PbElement } from '../pb-element.ts';

/** Looks of a button: one primary per screen, danger only inside a confirmation. */
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'link';

/**
 * @summary A button, or a link that looks like one when `href` is set. An icon-only button needs `label`; it shows as tooltip too.
 * @slot - The words.
 */
@customElement('pb-button')
export class PbButton extends PbElement {
  static formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...PbElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
      :host([block]) {
        display: flex;
      }
      :host([block]) .btn {
        flex: 1;
      }
      a.btn:hover {
        text-decoration: none;
      }
      .btn-large {
        height: 38px;
      }
      .btn-danger:hover:not([disabled]) {
        filter: brightness(0.94);
      }
    `,
  ];

  private readonly internals = this.attachInternals();

  @property() variant: ButtonVariant = 'secondary';
  @property() size: 'tiny' | 'small' | 'normal' | 'large' = 'normal';
  @property() type: 'button' | 'submit' = 'button';
  @property() icon?: IconName;
  @property() iconEnd?: IconName;
  /** Accessible name; needed when the slot is empty. */
  @property() label = '';
  @property() href?: string;
  @property({ type: Boolean, reflect: true }) disabled = false;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean, reflect: true }) block = false;
  @property() pressed?: 'true' | 'false';
  @property() expanded?: 'true' | 'false';
  @property() haspopup?: 'menu' | 'listbox' | 'dialog';

  @query('.btn') private readonly control!: HTMLElement;

  override focus(options?: FocusOptions): void {
    this.control.focus(options);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('disabled')) this.style.pointerEvents = this.disabled ? 'none' : '';
  }

  private handleClick(event: Event): void {
    if (this.disabled || this.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (this.type === 'submit') this.internals.form?.requestSubmit();
  }

  private get classes(): string {
    const isIconOnly = this.icon !== undefined && this.textContent.trim() === '';
    return `btn btn-${this.variant} btn-${this.size} ${isIconOnly ? 'btn-icon' : ''}`;
  }

  protected override render(): TemplateResult {
    const content = html`${this.busy ? glyph('running') : this.icon ? icon(this.icon, this.size === 'tiny' ? 14 : 16) : nothing}<slot
        @slotchange=${() => {
          this.requestUpdate();
        }}
      ></slot
      >${this.iconEnd ? icon(this.iconEnd, 14) : nothing}`;
    const title = this.label === '' ? nothing : this.label;
    if (this.href !== undefined && !this.disabled) {
      return html`<a class=${this.classes} href=${this.href} aria-label=${title} title=${title}>${content}</a>`;
    }
    return html`<button
      type="button"
      class=${this.classes}
      ?disabled=${this.disabled}
      aria-disabled=${this.busy ? 'true' : nothing}
      aria-label=${title}
      title=${title}
      aria-pressed=${this.pressed ?? nothing}
      aria-expanded=${this.expanded ?? nothing}
      aria-haspopup=${this.haspopup ?? nothing}
      @click=${this.handleClick}
    >
      ${content}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-button': PbButton;
  }
}
