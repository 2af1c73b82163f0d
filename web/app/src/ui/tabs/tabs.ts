import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';

/** One tab. With `href` the tabs are links of a navigation, because each is its own URL. */
export interface TabItem {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
  /** Colour of the count. */
  readonly tone?: 'warn' | 'bad';
  readonly href?: string;
}

/**
 * @summary A row of tabs. With `href`s it is a navigation; without, a tablist whose panel the slot holds.
 * @slot - The panel of the chosen tab.
 * @event pb-tab-change - detail is the id.
 */
@customElement('pb-tabs')
export class PbTabs extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .tabs {
        overflow-x: auto;
        overflow-y: hidden;
        scrollbar-width: none;
        padding-inline: var(--pb-tabs-inset, 0);
      }
      .tabs > * {
        flex: none;
      }
      .tabs > :hover {
        color: var(--text);
        text-decoration: none;
      }
      .tabs > .is-on::after {
        bottom: 0;
      }
      .tabs > :focus-visible {
        outline-offset: -2px;
        border-radius: var(--r-pill);
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) items: readonly TabItem[] = [];

  private select(item: TabItem): void {
    if (item.id === this.value) return;
    this.value = item.id;
    this.emitLocal('pb-tab-change', item.id);
  }

  private handleKeydown(event: KeyboardEvent): void {
    const at = this.items.findIndex((item) => item.id === this.value);
    const last = this.items.length - 1;
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const item = this.items[(target + this.items.length) % this.items.length];
    if (item === undefined) return;
    this.select(item);
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }

  private renderCount(item: TabItem): TemplateResult | typeof nothing {
    if (item.count === undefined) return nothing;
    return html`<span class="count ${item.tone ? `count-${item.tone}` : ''}">${item.count}</span>`;
  }

  private renderLinks(): TemplateResult {
    return html`<nav class="tabs" aria-label=${this.label}>
        ${this.items.map(
          (item) =>
            html`<a
              class=${item.id === this.value ? 'is-on' : ''}
              href=${item.href ?? ''}
              aria-current=${item.id === this.value ? 'page' : nothing}
              >${item.label}${this.renderCount(item)}</a
            >`,
        )}
      </nav>
      <slot></slot>`;
  }

  protected override render(): TemplateResult {
    if (this.items.some((item) => item.href !== undefined)) return this.renderLinks();
    return html`<div class="tabs" role="tablist" aria-label=${this.label} @keydown=${this.handleKeydown}>
        ${this.items.map(
          (item) =>
            html`<button
              type="button"
              role="tab"
              id="tab-${item.id}"
              class=${item.id === this.value ? 'is-on' : ''}
              aria-selected=${item.id === this.value ? 'true' : 'false'}
              aria-controls="panel"
              tabindex=${item.id === this.value ? 0 : -1}
              @click=${() => {
                this.select(item);
              }}
            >
              ${item.label}${this.renderCount(item)}
            </button>`,
        )}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby="tab-${this.value}"><slot></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-tabs': PbTabs;
  }
}
