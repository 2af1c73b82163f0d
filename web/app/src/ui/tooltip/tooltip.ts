import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { placePopup } from '../menu/place-popup.ts';
import { PbElement } from '../pb-element.ts';

const openDelayMs = 350;

/**
 * @summary Words and a shortcut beside the control in the slot, on hover and focus; Escape hides them.
 * The control has its own name, so the tooltip is not read twice.
 */
@customElement('pb-tooltip')
export class PbTooltip extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
      }
      .tooltip {
        position: fixed;
        inset: auto;
        margin: 0;
        border: 0;
        padding: 0 8px;
        pointer-events: none;
      }
      .tooltip:not(:popover-open) {
        display: none;
      }
    `,
  ];

  @property() text = '';
  @property() shortcut = '';

  @query('.tooltip') private readonly popup!: HTMLElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.addEventListener('pointerenter', () => {
      this.timer = setTimeout(() => {
        this.show();
      }, openDelayMs);
    });
    this.addEventListener('focusin', () => {
      if (this.matches(':focus-within') && this.querySelector(':focus-visible')) this.show();
    });
    for (const type of ['pointerleave', 'pointerdown', 'focusout'] as const) {
      this.addEventListener(type, () => {
        this.hide();
      });
    }
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private show(): void {
    if (!this.isConnected || this.text === '') return;
    this.popup.showPopover();
    placePopup(this, this.popup, { gap: 6 });
  }

  private hide(): void {
    clearTimeout(this.timer);
    if (this.popup.matches(':popover-open')) this.popup.hidePopover();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>
      <div class="tooltip" popover="manual" aria-hidden="true">
        ${this.text}${this.shortcut === '' ? nothing : html`<span class="kbd">${this.shortcut}</span>`}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-tooltip': PbTooltip;
  }
}
