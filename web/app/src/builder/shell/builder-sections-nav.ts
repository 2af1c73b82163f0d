import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';

/** A section of a tab as the left pane lists it; `id` is that of the element with the section. */
export interface SectionLink {
  readonly id: string;
  readonly label: string;
}

/**
 * @summary The left pane of a tab: choose a section (ZO-18); it comes into view and takes the focus. The mark follows what is read
 * and where the focus is.
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
  /** Sections in the upper part of the window. */
  private readonly seen = new Set<string>();
  /** What was chosen stays marked until the person scrolls: the last sections may not reach the top. */
  private isHeld = false;
  private readonly observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.seen.add(target.id);
        else this.seen.delete(target.id);
      }
      this.follow();
    },
    { rootMargin: '-10% 0px -50% 0px' },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of scrolling) window.addEventListener(type, this.release, { passive: true });
    this.getRootNode().addEventListener('focusin', this.handleFocus);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of scrolling) window.removeEventListener(type, this.release);
    this.observer.disconnect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('items');
    if (!changed.has('items') || (before !== undefined && idsOf(before) === idsOf(this.items))) return;
    this.observer.disconnect();
    this.seen.clear();
    for (const { id } of this.items) {
      const section = this.find(id);
      if (section !== null) this.observer.observe(section);
    }
  }

  private find(id: string): HTMLElement | null {
    return (this.getRootNode() as ShadowRoot | Document).querySelector<HTMLElement>(`#${id}`);
  }

  private follow(): void {
    const first = this.items.find(({ id }) => this.seen.has(id));
    if (!this.isHeld && first !== undefined) this.chosen = first.id;
  }

  private readonly release = (): void => {
    this.isHeld = false;
  };

  private readonly handleFocus = (event: Event): void => {
    // The innermost one: a section may stand in another.
    const ids = event.composedPath().map((target) => (target instanceof HTMLElement ? target.id : ''));
    const id = ids.find((each) => this.items.some((item) => item.id === each));
    if (id === undefined) return;
    this.isHeld = true;
    this.chosen = id;
  };

  private choose(id: string): void {
    this.isHeld = true;
    this.chosen = id;
    const section = this.find(id);
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

/** What scrolls the page by hand. */
const scrolling = ['wheel', 'touchmove'] as const;

const idsOf = (items: readonly SectionLink[]): string => items.map(({ id }) => id).join(' ');

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-sections': PbBuilderSections;
  }
}
