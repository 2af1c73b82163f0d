import { css, html, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';
import { barsOf, type Bucket } from './bars.ts';

/** Small bars of the last days for a table cell. */
export function sparkline(history: readonly Pick<Bucket, 'succeeded' | 'failed'>[]): TemplateResult {
  const bars = barsOf(history, { width: 84, height: 20, gap: 2, minHeight: 2 });
  const step = 84 / Math.max(1, history.length);
  const idle = history.flatMap((day, index) => (day.succeeded + day.failed === 0 ? [index * step] : []));
  const succeeded = history.reduce((sum, day) => sum + day.succeeded, 0);
  const failed = history.reduce((sum, day) => sum + day.failed, 0);
  return html`<svg
    class="spark"
    viewBox="0 0 84 20"
    width="84"
    height="20"
    role="img"
    aria-label="${succeeded} succeeded, ${failed} failed in ${history.length} days"
  >
    ${idle.map((x) => svg`<rect class="bar-idle" x=${x} y="19" width=${step - 2} height="1"/>`)}
    ${bars.map((bar) => svg`<rect class="bar-${bar.kind}" x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height} rx="1"/>`)}
  </svg>`;
}

/**
 * @summary Runs over time: grey is volume, only what failed is coloured. A bar can be clicked to narrow the time.
 * @event pb-bucket-select - detail is the index of the bucket.
 */
@customElement('pb-histogram')
export class PbHistogram extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        width: 100%;
      }
      .hit {
        fill: transparent;
      }
      :host([selectable]) .hit:hover {
        fill: var(--hover);
        mix-blend-mode: multiply;
      }
      .axis {
        display: flex;
        justify-content: space-between;
        font-size: 12px;
        color: var(--text-3);
        padding-top: 6px;
        border-top: 1px solid var(--hairline);
      }
    `,
  ];

  @property() label = 'Runs over time';
  @property({ attribute: false }) buckets: readonly Bucket[] = [];
  @property({ type: Number }) height = 84;
  @property({ attribute: false }) ticks: readonly string[] = [];
  @property({ type: Boolean, reflect: true }) selectable = false;

  private get summary(): string {
    const failed = this.buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
    const all = this.buckets.reduce((sum, bucket) => sum + bucket.succeeded + bucket.failed, 0);
    return `${this.label}: ${all} runs, ${failed} failed`;
  }

  protected override render(): TemplateResult {
    const width = 1168;
    const bars = barsOf(this.buckets, {
      width,
      height: this.height,
      gap: this.buckets.length > 60 ? 2.5 : 4,
      minHeight: 3,
    });
    const step = width / Math.max(1, this.buckets.length);
    return html`<svg
        viewBox="0 0 ${width} ${this.height}"
        height=${this.height}
        preserveAspectRatio="none"
        role="img"
        aria-label=${this.summary}
      >
        ${this.buckets.map(
          (_, index) =>
            svg`<rect class="hit" x=${index * step} y="0" width=${step} height=${this.height}
              @click=${() => this.emitLocal('pb-bucket-select', index)}/>`,
        )}
        ${bars.map(
          (bar) =>
            svg`<rect class="bar-${bar.kind}" pointer-events="none" x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height} rx="1.5"/>`,
        )}
      </svg>
      <div class="axis num" aria-hidden="true">${this.ticks.map((tick) => html`<span>${tick}</span>`)}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-histogram': PbHistogram;
  }
}
