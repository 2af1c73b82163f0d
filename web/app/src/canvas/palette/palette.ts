import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FlowDocument } from '@patchbay/flow-model';
import { baseStyles } from '../../styles/base-styles.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile } from '../../ui/tile/tile.ts';
import { MarketplaceSearch, type FoundConnector, type MarketplaceFinder } from './marketplace-search.ts';
import type { PaletteEntry, PaletteGroup, PaletteIndex } from './palette-index.ts';
import { startPointerDrag } from './pointer-drag.ts';

/** A drag from the palette over the page. */
export interface PaletteDrag {
  readonly entry: PaletteEntry;
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * @summary Core steps and operations, to click or to drag. Search covers titles, connectors and descriptions, and
 * asks the marketplace for connectors (CH-08).
 * @event pb-palette-pick - detail is the entry.
 * @event pb-palette-drag - while dragging; detail is a {@link PaletteDrag}, or undefined when the drag was given up.
 * @event pb-palette-drop - detail is a {@link PaletteDrag}.
 */
@customElement('pb-palette')
export class PbPalette extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        flex: 1;
      }
      .find {
        padding: 10px 12px 6px;
      }
      .input {
        height: 28px;
        min-height: 28px;
      }
      .list {
        padding: 0 8px 12px;
        scrollbar-width: thin;
      }
      .pal-head {
        display: flex;
        align-items: center;
        gap: 5px;
        width: 100%;
        height: 28px;
        padding: 0 6px 0 4px;
        margin-top: 6px;
        font-size: 12px;
        font-weight: 600;
        color: var(--text-2);
        border-radius: 5px;
      }
      .pal-head:hover {
        background: var(--hover);
      }
      .pal-head .i {
        color: var(--text-3);
      }
      .pal-head .small {
        font-weight: 400;
      }
      .pal {
        display: flex;
        align-items: center;
        gap: 8px;
        width: 100%;
        height: 28px;
        padding: 0 8px;
        border-radius: 5px;
        touch-action: pan-y;
      }
      .pal:hover {
        background: var(--hover);
      }
      .none {
        padding: 12px 6px;
        color: var(--text-2);
        line-height: var(--lh-prose);
      }
      .found-head {
        padding: 12px 6px 4px;
      }
      .pal-page {
        color: var(--text-2);
      }
      .deprecation {
        margin: 2px 6px 6px;
        padding: 6px 8px;
      }
      .deprecation a {
        text-decoration: underline;
      }
      button:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @property({ attribute: false }) index: PaletteIndex | undefined;
  @property({ attribute: false }) document: FlowDocument | undefined;
  @property({ attribute: false }) find: MarketplaceFinder | undefined;

  @state() private text = '';
  @state() private folded: ReadonlySet<string> = new Set();
  @query('input') private readonly search!: HTMLInputElement;
  readonly #marketplace = new MarketplaceSearch(this);

  /** Types into the search box. */
  searchFor(text: string): void {
    this.text = text;
    this.#marketplace.ask(text, this.find);
  }

  /** Puts the cursor into the search box. */
  override focus(): void {
    this.search.focus();
    this.search.select();
  }

  private pick(entry: PaletteEntry): void {
    this.emit('pb-palette-pick', entry);
  }

  private handlePress(event: PointerEvent, entry: PaletteEntry): void {
    const pressed = event.currentTarget as HTMLElement;
    startPointerDrag(event, {
      ghost: () => ghostOf(pressed),
      onMove: ({ clientX, clientY }) => {
        this.emit('pb-palette-drag', { entry, clientX, clientY });
      },
      onDrop: ({ clientX, clientY }) => {
        this.emit('pb-palette-drop', { entry, clientX, clientY });
      },
      onCancel: () => {
        this.emit('pb-palette-drag');
      },
    });
  }

  private handleKey(event: KeyboardEvent): void {
    const entries = [...this.renderRoot.querySelectorAll<HTMLElement>('.pal, .pal-head')];
    const at = entries.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter' && this.shadowRoot?.activeElement === this.search) {
      const [first] = this.renderRoot.querySelectorAll<HTMLElement>('.pal');
      first?.click();
      return;
    }
    if (step === 0) return;
    event.preventDefault();
    const target = at + step < 0 ? this.search : entries[at + step];
    target?.focus();
  }

  private toggle(title: string): void {
    const next = new Set(this.folded);
    if (!next.delete(title)) next.add(title);
    this.folded = next;
  }

  private renderEntry(entry: PaletteEntry, hasGroup = false): TemplateResult {
    return html`<li>
      <button
        class="pal"
        title=${entry.detail === '' ? `${entry.group}: ${entry.title}` : entry.detail}
        data-entry=${entry.id}
        @click=${() => {
          this.pick(entry);
        }}
        @pointerdown=${(event: PointerEvent) => {
          this.handlePress(event, entry);
        }}
      >
        ${tile(entry.look, 20)}<span class="cut">${entry.title}</span>
        ${hasGroup ? html`<span class="end small t3 cut">${entry.group}</span>` : nothing}
      </button>
    </li>`;
  }

  private renderGroup(group: PaletteGroup): TemplateResult | typeof nothing {
    if (group.entries.length === 0) return nothing;
    const isFolded = this.folded.has(group.title);
    return html`<section>
      <h3>
        <button
          class="pal-head"
          aria-expanded=${isFolded ? 'false' : 'true'}
          @click=${() => {
            this.toggle(group.title);
          }}
        >
          ${icon(isFolded ? 'chevron-right' : 'chevron-down', 12)}${group.title}<span class="end small t3"
            >${group.note}</span
          >
        </button>
      </h3>
      ${
        isFolded
          ? nothing
          : html`<ul>
              ${group.entries.map((entry) => this.renderEntry(entry))}
            </ul>`
      }
    </section>`;
  }

  private renderFound(): TemplateResult {
    const found = this.index?.search(this.text) ?? [];
    const steps =
      found.length === 0
        ? nothing
        : html`<ul aria-label="${found.length} found">
            ${found.slice(0, 60).map((entry) => this.renderEntry(entry, true))}
          </ul>`;
    return html`${steps}${this.renderConnectors(found.length === 0)}`;
  }

  /** The connectors that the Marketplace page shows for the same words. */
  private renderConnectors(isAlone: boolean): TemplateResult | typeof nothing {
    const { page, state } = this.#marketplace;
    if (state === 'failed') return html`<p class="none" role="status">The marketplace could not be asked.</p>`;
    if (page === undefined) return html`<p class="none" role="status">Searching the marketplace…</p>`;
    if (page.total === 0) {
      return isAlone ? html`<p class="none" role="status">Nothing is called “${this.text}”.</p>` : nothing;
    }
    return html`<h3 class="over found-head">Marketplace</h3>
      <ul aria-label="Connectors of the marketplace" data-state=${state}>
        ${page.connectors.map((connector) => this.renderConnector(connector))}
      </ul>
      ${
        page.total > page.connectors.length
          ? html`<p class="none">
              <a href="/app/marketplace?q=${encodeURIComponent(this.text)}"
                >Show all ${page.total} in the marketplace</a
              >
            </p>`
          : nothing
      }`;
  }

  private renderConnector({ slug, name, version, look, entry, deprecation }: FoundConnector): TemplateResult {
    const words = html`${tile(look, 20)}<span class="cut">${name}</span
      ><span class="end small t3 num">${version}</span>`;
    if (entry === undefined) {
      return html`<li data-connector=${slug}>
        <a class="pal pal-page" href="/app/marketplace/${slug}" title="No new step may use it now: see why">${words}</a>
        ${deprecationBanner({ version, deprecation }, { isSmall: true })}
      </li>`;
    }
    return html`<li data-connector=${slug}>
      <button
        class="pal"
        title="Add ${name}: ${entry.title}"
        @click=${() => {
          this.pick(entry);
        }}
        @pointerdown=${(event: PointerEvent) => {
          this.handlePress(event, entry);
        }}
      >
        ${words}
      </button>
    </li>`;
  }

  private renderGroups(): TemplateResult {
    const { index } = this;
    if (index === undefined) return html`<pb-skeleton shape="text" count="6"></pb-skeleton>`;
    const fits = this.document === undefined ? [] : index.fitting(this.document);
    return html`${this.renderGroup({ title: 'Fits here', note: '', entries: fits })}
    ${index.groups.map((group) => this.renderGroup(group))}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="find">
        <div class="input search">
          ${icon('search', 14)}
          <input
            type="search"
            aria-label="Find a step"
            placeholder="Find a step"
            autocomplete="off"
            .value=${this.text}
            @input=${(event: Event) => {
              this.searchFor((event.target as HTMLInputElement).value.trimStart());
            }}
            @keydown=${this.handleKey}
          />
          <span class="kbd end" aria-hidden="true">/</span>
        </div>
      </div>
      <div class="scroll grow list" @keydown=${this.handleKey}>
        ${this.text.trim() === '' ? this.renderGroups() : this.renderFound()}
      </div>`;
  }
}

/** A copy of the entry that follows the pointer; styles that the shadow root gave are written into it. */
function ghostOf(pressed: HTMLElement): HTMLElement {
  const ghost = document.createElement('div');
  const words = pressed.querySelector('.cut')?.textContent ?? '';
  Object.assign(ghost.style, {
    padding: '6px 12px',
    borderRadius: '8px',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow-float)',
    font: '600 13px/18px var(--font)',
    color: 'var(--text)',
  });
  ghost.textContent = words;
  ghost.setAttribute('aria-hidden', 'true');
  return ghost;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-palette': PbPalette;
  }
}
