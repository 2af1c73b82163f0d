import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';
import { PbElement } from '../pb-element.ts';

/** One choice of a segmented control. */
export interface Segment {
  readonly value: string;
  readonly label: string;
  readonly icon?: IconName;
  /** Only the icon is seen; the label is the name. */
  readonly isIconOnly?: boolean;
  readonly count?: number;
  /** The count is only told, nothing needs attention. */
  readonly isQuiet?: boolean;
}

/**
 * @summary One of a few choices, all seen at once: a radio group.
 * @event pb-change - detail is the chosen value.
 */
@customElement('pb-segmented')
export class PbSegmented extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
      }
      .segment {
        align-items: center;
      }
      :host([wide]) {
        display: flex;
      }
      :host([wide]) .segment {
        flex: 1;
      }
      :host([tall]) .segment {
        height: 32px;
      }
      .segment > :hover {
        color: var(--text);
      }
      .segment > :focus-visible {
        outline-offset: 0;
      }
      .count {
        min-width: 16px;
        height: 16px;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) items: readonly Segment[] = [];
  @property({ type: Boolean, reflect: true }) wide = false;
  @property({ type: Boolean, reflect: true }) tall = false;

  private select(value: string): void {
    if (value === this.value) return;
    this.value = value;
    this.emitLocal('pb-change', value);
  }

  private handleKeydown(event: KeyboardEvent): void {
    const at = this.items.findIndex((item) => item.value === this.value);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const item = step === undefined ? undefined : this.items[(at + step + this.items.length) % this.items.length];
    if (item === undefined) return;
    event.preventDefault();
    this.select(item.value);
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus());
  }

  protected override render(): TemplateResult {
    const hasChoice = this.items.some((item) => item.value === this.value);
    return html`<div
      class="segment ${this.wide ? 'segment-wide' : ''}"
      role="radiogroup"
      aria-label=${this.label}
      @keydown=${this.handleKeydown}
    >
      ${this.items.map((item, index) => {
        const isOn = item.value === this.value;
        return html`<button
          type="button"
          role="radio"
          class=${isOn ? 'is-on' : ''}
          aria-checked=${isOn ? 'true' : 'false'}
          aria-label=${item.isIconOnly ? item.label : nothing}
          title=${item.isIconOnly ? item.label : nothing}
          tabindex=${isOn || (!hasChoice && index === 0) ? 0 : -1}
          @click=${() => {
            this.select(item.value);
          }}
        >
          ${item.icon ? icon(item.icon, 14) : nothing}${item.isIconOnly ? nothing : item.label}
          ${item.count ? html`<span class=${item.isQuiet ? 't3 num' : 'count count-warn'}>${item.count}</span>` : nothing}
        </button>`;
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-segmented': PbSegmented;
  }
}
