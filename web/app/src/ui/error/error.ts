import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { describeProblem } from '../../problems/describe-problem.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import { PbElement } from '../pb-element.ts';
import '../button/button.ts';

/**
 * @summary What could not be loaded, why, and what to do, from the error catalogue.
 * @slot - More buttons.
 * @event pb-retry - The person wants to try again.
 */
@customElement('pb-error')
export class PbError extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .empty {
        padding-block: 48px;
        gap: 8px;
      }
      .bad {
        color: var(--danger-mark);
      }
      .row {
        margin-top: 6px;
      }
      p {
        max-width: 420px;
      }
    `,
  ];

  @property({ attribute: false }) error: unknown;
  /** What was wanted, in the plural where it is a list: "Runs". */
  @property() subject = 'This page';

  protected override render(): TemplateResult {
    const words = describeProblem(this.error, this.subject);
    const isBad = words.icon === 'server-off' || words.icon === 'circle-alert';
    return html`<div class="empty" role="alert">
      <span class=${isBad ? 'bad' : 't3'}>${icon(words.icon, 20)}</span>
      <h2 class="h2">${words.title}</h2>
      <p>${words.reason} ${words.todo}</p>
      <code class="key">${words.code}</code>
      <div class="row">
        ${words.canRetry ? html`<pb-button @click=${() => this.emitLocal('pb-retry')}>Try again</pb-button>` : nothing}
        <slot></slot>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-error': PbError;
  }
}
