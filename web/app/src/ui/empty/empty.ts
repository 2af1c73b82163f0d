import { css, html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';

/** Line drawings of the empty states. */
const drawings = {
  flows: svg`<rect x="42" y="6" width="36" height="16" rx="8"/><rect x="6" y="42" width="28" height="16" rx="4" stroke-dasharray="3 3"/><rect x="86" y="42" width="28" height="16" rx="4" stroke-dasharray="3 3"/><path d="M60 22v8M60 30H26q-6 0-6 6v6M60 30h34q6 0 6 6v6"/>`,
  runs: svg`<path d="M14 10v54h96" stroke-linecap="round"/><path d="M26 22h22M40 34h36M70 46h28" stroke-dasharray="1 5" stroke-width="5" stroke-linecap="round"/>`,
  connections: svg`<circle cx="24" cy="28" r="11"/><circle cx="24" cy="28" r="4"/><circle cx="96" cy="28" r="11"/><circle cx="96" cy="28" r="4"/><path d="M24 32c0 36 30 36 46 18" stroke-dasharray="3 4"/>`,
  search: svg`<circle cx="56" cy="30" r="18"/><path d="M70 44l16 16" stroke-linecap="round"/><path d="M48 30h16" stroke-dasharray="3 4"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

/**
 * @summary What a list says when nothing is in it: what this is, and one action.
 * @slot - One or two sentences. @slot actions - Buttons.
 */
@customElement('pb-empty')
export class PbEmpty extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .empty {
        padding-block: 48px;
      }
      .words {
        color: var(--text-2);
        max-width: 360px;
      }
      .actions {
        display: flex;
        gap: 8px;
        margin-top: 12px;
      }
    `,
  ];

  @property() heading = '';
  @property() drawing: keyof typeof drawings = 'flows';

  protected override render(): TemplateResult {
    return html`<div class="empty">
      <svg
        class="art"
        width="120"
        height="72"
        viewBox="0 0 120 72"
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        aria-hidden="true"
      >
        ${drawings[this.drawing]}
      </svg>
      <h2 class="h2">${this.heading}</h2>
      <div class="words"><slot></slot></div>
      <div class="actions"><slot name="actions"></slot></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-empty': PbEmpty;
  }
}
