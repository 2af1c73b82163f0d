import type { ImportedOperation } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { importStateWords, stateOf, visibleRange } from './import-choice.ts';

const rowHeight = 40;
const pageRows = 8;

/**
 * @summary A long list of found operations to choose from; only the rows on screen are in the page. One tab stop: arrows move,
 * Space chooses, Ctrl or Cmd A chooses all that are shown.
 * @event pb-row-focus - detail is the operation under the cursor. @event pb-row-toggle - detail is the operation.
 * @event pb-choose-all - All that are shown are wanted.
 */
@customElement('pb-import-list')
export class PbImportList extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-height: 0;
      }
      .list {
        position: relative;
        height: 100%;
        overflow: auto;
        scrollbar-width: thin;
        border: 1px solid var(--border);
        border-radius: var(--r-card);
      }
      .list:focus-visible {
        outline-offset: -1px;
      }
      .row {
        position: absolute;
        inset-inline: 0;
        height: 40px;
        padding: 0 12px;
        border-bottom: 1px solid var(--hairline);
        cursor: default;
      }
      .row:hover {
        background: var(--hover);
      }
      .row.is-cursor {
        background: var(--accent-tint);
      }
      .list:focus-visible .row.is-cursor {
        box-shadow: inset 0 0 0 2px var(--focus);
      }
      .is-off {
        color: var(--text-3);
      }
      .verb {
        min-width: 52px;
      }
      .title {
        flex: 0 1 auto;
        max-width: 45%;
      }
      .path {
        flex: 1;
      }
      .warn {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        color: var(--warning);
      }
    `,
  ];

  @property({ attribute: false }) operations: readonly ImportedOperation[] = [];
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  /** Also says how each compares with the connector. */
  @property({ type: Boolean }) compare = false;
  @property() cursor = '';

  @state() private top = 0;
  @state() private height = 400;
  @query('.list') private readonly list!: HTMLElement;
  private readonly watcher = new ResizeObserver(() => {
    this.height = this.list.clientHeight;
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
  }

  protected override firstUpdated(): void {
    this.watcher.observe(this.list);
  }

  private get at(): number {
    return Math.max(
      0,
      this.operations.findIndex(({ key }) => key === this.cursor),
    );
  }

  private moveTo(index: number): void {
    const at = Math.min(Math.max(index, 0), this.operations.length - 1);
    const operation = this.operations[at];
    if (operation === undefined) return;
    this.emitLocal('pb-row-focus', operation);
    const { list } = this;
    const top = at * rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  }

  private handleKeydown(event: KeyboardEvent): void {
    const { at } = this;
    const last = this.operations.length - 1;
    const target = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last },
      ...{ PageDown: at + pageRows, PageUp: at - pageRows },
    }[event.key];
    const isAll = event.key === 'a' && (event.ctrlKey || event.metaKey);
    if (target === undefined && event.key !== ' ' && !isAll) return;
    event.preventDefault();
    if (target !== undefined) this.moveTo(target);
    else if (isAll) this.emitLocal('pb-choose-all');
    else this.toggle(this.operations[at]);
  }

  private toggle(operation: ImportedOperation | undefined): void {
    if (operation?.operation !== undefined) this.emitLocal('pb-row-toggle', operation);
  }

  private renderRemarks(found: ImportedOperation): TemplateResult {
    const state = stateOf(found);
    const isTagged = this.compare ? state !== 'same' : state === 'unsupported';
    return html`${found.deprecated ? html`<span class="tag">deprecated</span>` : nothing}
    ${
      found.warnings.length === 0
        ? nothing
        : html`<span class="warn small"
            >${icon('triangle-alert', 14)}${found.warnings.length}<span class="vh"> warnings</span></span
          >`
    }
    ${isTagged ? html`<span class="tag">${importStateWords[state]}</span>` : nothing}`;
  }

  private renderRow(found: ImportedOperation, index: number): TemplateResult {
    const isOn = this.chosen.has(found.key);
    const [method = '', ...path] = found.key.split(' ');
    const isUsable = found.operation !== undefined;
    return html`<div
      class="row ${index === this.at ? 'is-cursor' : ''} ${isUsable ? '' : 'is-off'}"
      id="row-${index}"
      role="option"
      aria-selected=${isOn ? 'true' : 'false'}
      aria-disabled=${isUsable ? nothing : 'true'}
      aria-setsize=${this.operations.length}
      aria-posinset=${index + 1}
      data-key=${found.key}
      .style=${`top:${index * rowHeight}px`}
      @click=${() => {
        this.emitLocal('pb-row-focus', found);
        this.toggle(found);
      }}
    >
      <span class="check ${isOn ? 'is-on' : ''}">${isOn ? icon('check', 12) : nothing}</span>
      <span class="verb ${method === 'GET' ? '' : 'verb-post'}">${method}</span>
      <span class="title cut medium">${found.operation?.display_name ?? path.join(' ')}</span>
      <code class="path cut t3">${found.operation === undefined ? '' : path.join(' ')}</code>
      ${this.renderRemarks(found)}
    </div>`;
  }

  protected override render(): TemplateResult {
    const count = this.operations.length;
    const { from, to } = visibleRange({ count, rowHeight, top: this.top, height: this.height });
    const { at } = this;
    const shown = this.operations.slice(from, to).map((found, index) => ({ found, index: from + index }));
    const cursor = this.operations[at];
    // The row under the cursor is always there, so that a screen reader can follow it.
    if (cursor !== undefined && (at < from || at >= to)) shown.push({ found: cursor, index: at });
    return html`<div
      class="list"
      role="listbox"
      tabindex="0"
      aria-label="Operations of the description"
      aria-multiselectable="true"
      aria-activedescendant=${count === 0 ? nothing : `row-${at}`}
      @keydown=${this.handleKeydown}
      @scroll=${() => {
        this.top = this.list.scrollTop;
      }}
    >
      <div role="presentation" .style=${`height:${count * rowHeight}px`}></div>
      ${shown.map(({ found, index }) => this.renderRow(found, index))}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-import-list': PbImportList;
  }
}
