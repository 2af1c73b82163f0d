import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';

/** A section of a tab as the left pane lists it; `id` is that of the element with the section. */
export interface SectionLink {
  readonly id: string;
  readonly label: string;
}

/**
 * @summary The left pane of a tab: choose a section (ZO-18); it comes into view and takes the focus.
 */
@customElement('pb-builder-sections')
export class PbBuilderSections extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      nav {
        position: sticky;
        top: 24px;
        display: flex;
        flex-direction: column;
        gap: 2px;
        margin-left: -8px;
      }
      button {
        min-height: 28px;
        padding: 4px 8px;
        border-radius: var(--r-control);
        color: var(--text-2);
        line-height: 18px;
      }
      button:hover {
        background: var(--hover);
        color: var(--text);
      }
      .is-on {
        color: var(--text);
        background: var(--pressed);
        font-weight: var(--w-medium);
      }
      @media (max-width: 900px) {
        nav {
          position: static;
          flex-direction: row;
          flex-wrap: wrap;
        }
      }
    `,
  ];

  @property({ attribute: false }) items: readonly SectionLink[] = [];
  @state() private chosen = '';

  private choose(id: string): void {
    this.chosen = id;
    const root = this.getRootNode() as ShadowRoot | Document;
    const section = root.querySelector<HTMLElement>(`#${id}`);
    section?.scrollIntoView({ block: 'start', behavior: 'auto' });
    section?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const chosen = this.chosen === '' ? this.items[0]?.id : this.chosen;
    return html`<nav aria-label="Sections">
      ${this.items.map(
        ({ id, label }) =>
          html`<button
            type="button"
            class=${id === chosen ? 'is-on' : ''}
            aria-current=${id === chosen ? 'true' : 'false'}
            @click=${() => {
              this.choose(id);
            }}
          >
            ${label}
          </button>`,
      )}
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-sections': PbBuilderSections;
  }
}
