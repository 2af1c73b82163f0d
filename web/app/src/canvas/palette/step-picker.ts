import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FlowDocument } from '@patchbay/flow-model';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile } from '../../ui/tile/tile.ts';
import { MarketplaceSearch, type MarketplaceFinder } from './marketplace-search.ts';
import type { PaletteEntry, PaletteIndex } from './palette-index.ts';

/**
 * @summary A small window beside a plus: type to search, arrows to move, Enter to add. A combobox with a listbox.
 * Below the steps stand the connectors that the marketplace has for the words.
 * @event pb-picker-pick - detail is the entry.
 * @event pb-picker-close - The person gave up.
 */
@customElement('pb-step-picker')
export class PbStepPicker extends PbElement {
  static override styles = [
    baseStyles,
    css`
      .box {
        position: fixed;
        inset: auto;
        margin: 0;
        border: 0;
        padding: 8px;
        width: 300px;
        color: var(--text);
        overflow: hidden;
      }
      ul {
        max-height: 320px;
        overflow: auto;
        margin-top: 6px;
        scrollbar-width: thin;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 32px;
        padding: 0 8px;
        border-radius: 5px;
      }
      li.is-active {
        background: var(--pressed);
      }
      .none {
        padding: 12px 8px 6px;
        color: var(--text-2);
      }
    `,
  ];

  @property({ attribute: false }) index: PaletteIndex | undefined;
  @property({ attribute: false }) document: FlowDocument | undefined;
  @property({ attribute: false }) find: MarketplaceFinder | undefined;

  @state() private text = '';
  @state() private active = 0;
  @query('.box') private readonly box!: HTMLElement;
  @query('input') private readonly input!: HTMLInputElement;
  #isPicked = false;
  readonly #marketplace = new MarketplaceSearch(this);

  /** Opens at a point of the window. */
  async open(at: { clientX: number; clientY: number }, text = ''): Promise<void> {
    this.type(text);
    this.#isPicked = false;
    await this.updateComplete;
    this.box.showPopover();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    this.box.style.left = `${Math.max(8, Math.min(at.clientX + 16, window.innerWidth - width - 8))}px`;
    this.box.style.top = `${Math.max(8, Math.min(at.clientY - 24, window.innerHeight - height - 8))}px`;
    this.input.focus();
  }

  private type(text: string): void {
    this.text = text;
    this.active = 0;
    this.#marketplace.ask(text, this.find);
  }

  private get entries(): readonly PaletteEntry[] {
    const { index } = this;
    if (index === undefined) return [];
    if (this.text.trim() !== '') return [...index.search(this.text).slice(0, 40), ...this.connectors];
    const fits = this.document === undefined ? [] : index.fitting(this.document);
    const rest = index.groups.flatMap((group) => group.entries).filter((entry) => !fits.includes(entry));
    return [...fits, ...rest].slice(0, 60);
  }

  /** Connectors of the marketplace that a step can be made of, under their own names. */
  private get connectors(): readonly PaletteEntry[] {
    return (this.#marketplace.page?.connectors ?? []).flatMap(({ slug, name, entry }) =>
      entry === undefined ? [] : [{ ...entry, id: `connector:${slug}`, title: name, group: 'Marketplace' }],
    );
  }

  private pick(entry: PaletteEntry | undefined): void {
    if (entry === undefined) return;
    this.#isPicked = true;
    this.box.hidePopover();
    this.emitLocal('pb-picker-pick', entry);
  }

  private handleToggle(event: ToggleEvent): void {
    if (event.newState === 'closed' && !this.#isPicked) this.emitLocal('pb-picker-close');
  }

  private handleKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const { entries } = this;
    if (event.key === 'Enter') this.pick(entries[this.active]);
    else if (event.key === 'ArrowDown') this.active = Math.min(this.active + 1, entries.length - 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(this.active - 1, 0);
    else if (event.key === 'Tab') this.box.hidePopover();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' }),
    );
  }

  private get emptyWords(): string {
    return this.#marketplace.state === 'searching' ? 'Searching the marketplace…' : `Nothing is called “${this.text}”.`;
  }

  protected override render(): TemplateResult {
    const { entries } = this;
    return html`<div class="menu box" popover="auto" role="dialog" aria-label="Add a step" @toggle=${this.handleToggle}>
      <div class="input search">
        ${icon('search', 14)}
        <input
          role="combobox"
          aria-label="Find a step to add"
          aria-expanded="true"
          aria-controls="found"
          aria-activedescendant=${entries.length === 0 ? nothing : `entry-${this.active}`}
          aria-autocomplete="list"
          autocomplete="off"
          placeholder="Type what the step does"
          .value=${this.text}
          @input=${(event: Event) => {
            this.type((event.target as HTMLInputElement).value);
          }}
          @keydown=${this.handleKey}
        />
      </div>
      <ul id="found" role="listbox" aria-label="Steps">
        ${entries.map(
          (entry, index) =>
            html`<li
              id="entry-${index}"
              role="option"
              aria-selected=${index === this.active ? 'true' : 'false'}
              class=${index === this.active ? 'is-active' : ''}
              data-entry=${entry.id}
              @pointermove=${() => (this.active = index)}
              @click=${() => {
                this.pick(entry);
              }}
            >
              ${tile(entry.look, 20)}<span class="cut">${entry.title}</span
              ><span class="end small t3 cut">${entry.group}</span>
            </li>`,
        )}
      </ul>
      ${entries.length === 0 ? html`<p class="none" role="status">${this.emptyWords}</p>` : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-step-picker': PbStepPicker;
  }
}
