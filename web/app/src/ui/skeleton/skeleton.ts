import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';

/**
 * @summary Grey shapes while something loads: `rows` of a table, `cards`, or lines of `text`. Says "Loading" once to screen readers.
 */
@customElement('pb-skeleton')
export class PbSkeleton extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .line {
        display: flex;
        align-items: center;
        gap: 12px;
        height: var(--row);
        border-bottom: 1px solid var(--hairline);
      }
      .dot1 {
        width: 24px;
        height: 24px;
        border-radius: 6px;
      }
      .w1 {
        width: 22%;
      }
      .w2 {
        width: 12%;
        margin-left: 8%;
      }
      .w3 {
        width: 9%;
        margin-left: auto;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(260px, 1fr));
        gap: 12px;
      }
      .card {
        height: 148px;
        padding: 16px;
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
      .tile40 {
        width: 40px;
        height: 40px;
        border-radius: 10px;
      }
      .w4 {
        width: 72%;
      }
      .text {
        display: flex;
        flex-direction: column;
        gap: 12px;
        padding: 8px 0;
      }
    `,
  ];

  @property() shape: 'rows' | 'cards' | 'text' = 'rows';
  @property({ type: Number }) count = 6;

  private renderOne(): TemplateResult {
    if (this.shape === 'rows') {
      return html`<div class="line">
        <span class="skel dot1"></span><span class="skel w1"></span><span class="skel w2"></span
        ><span class="skel w3"></span>
      </div>`;
    }
    if (this.shape === 'text') return html`<span class="skel"></span><span class="skel w4"></span>`;
    return html`<div class="card">
      <span class="skel tile40"></span><span class="skel"></span><span class="skel w4"></span>
    </div>`;
  }

  protected override render(): TemplateResult {
    const container = { rows: '', cards: 'grid', text: 'text' }[this.shape];
    return html`<span class="vh" role="status">Loading</span>
      <div class=${container} aria-hidden="true">${Array.from({ length: this.count }, () => this.renderOne())}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-skeleton': PbSkeleton;
  }
}
