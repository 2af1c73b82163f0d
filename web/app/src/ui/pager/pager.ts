import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';
import '../button/button.ts';

/**
 * @summary Back and forward through a list, with "1 to 25 of 312".
 * @event pb-page-change - detail is the new `from`.
 */
@customElement('pb-pager')
export class PbPager extends PbElement {
  static override styles = [
    baseStyles,
    css`
      nav {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 44px;
        font-size: var(--fs-12);
        color: var(--text-3);
      }
      .words {
        margin-right: auto;
      }
    `,
  ];

  @property({ type: Number }) from = 0;
  @property({ type: Number }) size = 25;
  @property({ type: Number }) total = 0;
  /** What the list holds, in the plural. */
  @property() noun = 'entries';

  private go(from: number): void {
    this.emitLocal('pb-page-change', from);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.total === 0) return nothing;
    const end = Math.min(this.from + this.size, this.total);
    const words = html`<span class="words num"
      >${this.from + 1} to ${end} of ${this.total.toLocaleString('en')} ${this.noun}</span
    >`;
    if (this.total <= this.size) return html`<nav aria-label="Pages">${words}</nav>`;
    return html`<nav aria-label="Pages">
      ${words}
      <pb-button
        variant="ghost"
        size="small"
        icon="chevron-left"
        ?disabled=${this.from === 0}
        @click=${() => {
          this.go(Math.max(0, this.from - this.size));
        }}
        >Previous</pb-button
      >
      <pb-button
        variant="ghost"
        size="small"
        iconEnd="chevron-right"
        ?disabled=${end >= this.total}
        @click=${() => {
          this.go(this.from + this.size);
        }}
        >Next</pb-button
      >
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-pager': PbPager;
  }
}
