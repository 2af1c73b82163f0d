import type { AuthType } from '@patchbay/manifest';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { authTypeLooks, type AuthTypeLook } from './auth-types.ts';

/**
 * @summary The types of authentication as cards: a radio group, each with the words when to use it.
 * @event pb-auth-type - detail is the chosen type; the owner decides whether it becomes the value.
 */
@customElement('pb-auth-types')
export class PbAuthTypes extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(124px, 1fr));
        gap: 8px;
      }
      button {
        position: relative;
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 1px;
        min-width: 0;
        padding: 12px;
        border: 1px solid var(--border);
        border-radius: var(--r-card);
        background: var(--surface);
      }
      button:hover:not([disabled]) {
        border-color: var(--control);
      }
      .i-18 {
        color: var(--text-3);
        margin-bottom: 8px;
      }
      .is-on {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }
      .is-on .i-18 {
        color: var(--accent);
      }
      button[disabled] {
        background: var(--sunken);
        color: var(--text-2);
      }
      .mark {
        position: absolute;
        top: 10px;
        right: 10px;
        display: grid;
        place-items: center;
        width: 16px;
        height: 16px;
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
      }
      .mark .i {
        width: 10px;
        height: 10px;
        stroke-width: 3.5;
      }
      .when {
        line-height: 16px;
      }
    `,
  ];

  @property() value: AuthType = 'none';
  @property({ type: Boolean }) disabled = false;

  private choose(type: AuthType): void {
    if (type !== this.value) this.emitLocal('pb-auth-type', type);
  }

  /** Arrows only move the focus: a change may lose configuration, so it needs Enter or Space. */
  private handleKeydown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const cards = [...this.renderRoot.querySelectorAll('button')];
    const at = cards.findIndex((card) => card === this.shadowRoot?.activeElement);
    cards[(at + step + cards.length) % cards.length]?.focus();
  }

  private renderCard(look: AuthTypeLook): TemplateResult {
    const isOn = look.type === this.value;
    return html`<button
      type="button"
      role="radio"
      class=${isOn ? 'is-on' : ''}
      aria-checked=${isOn ? 'true' : 'false'}
      aria-labelledby="t-${look.type}"
      aria-describedby="w-${look.type}"
      tabindex=${isOn ? 0 : -1}
      ?disabled=${this.disabled}
      @click=${() => {
        this.choose(look.type);
      }}
    >
      ${icon(look.icon, 18)}<span class="medium" id="t-${look.type}">${look.title}</span>
      <span class="small t2 when" id="w-${look.type}">${look.when}</span>
      ${isOn ? html`<span class="mark">${icon('check', 12)}</span>` : nothing}
    </button>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="cards" role="radiogroup" aria-label="Authentication type" @keydown=${this.handleKeydown}>
      ${authTypeLooks.map((look) => this.renderCard(look))}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-auth-types': PbAuthTypes;
  }
}
