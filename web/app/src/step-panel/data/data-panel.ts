import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { writePath } from '@patchbay/flow-model/expression';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { IconName } from '../../ui/icon/icon-names.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile, type TileLook } from '../../ui/tile/tile.ts';
import { startPointerDrag } from '../../canvas/palette/pointer-drag.ts';
import {
  dataRows,
  isEach,
  referenceOf,
  rowLabel,
  type DataRow,
  type DataSource,
  type EachChoice,
} from './data-rows.ts';
import '../../ui/menu/menu.ts';

/** A source with what stands in its heading. */
export interface DataGroup extends DataSource {
  readonly title: string;
  readonly look: TileLook;
  readonly note: string;
  /** Its step may be on a path that was not taken. */
  readonly mayNotHaveRun: boolean;
}

const typeIcons: Record<string, IconName> = {
  string: 'type',
  number: 'hash',
  integer: 'hash',
  boolean: 'toggle-left',
  date: 'calendar',
  array: 'brackets',
  object: 'braces',
};

const eachChoices: readonly MenuItem[] = [
  { id: 'first', label: 'First item' },
  { id: 'all', label: 'All, as a list' },
  { id: 'join', label: 'All, joined as text' },
  { id: 'count', label: 'How many' },
];

/**
 * @summary What earlier steps give, nearest first, with sample values. Click the plus, press Enter, or drag into a field.
 * @event pb-data-insert - detail is the formula.
 * @event pb-data-drop - detail is `{ reference, clientX, clientY }`.
 */
@customElement('pb-data-panel')
export class PbDataPanel extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--canvas);
      }
      .top {
        display: flex;
        flex-direction: column;
        gap: 8px;
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
      .ds {
        display: flex;
        align-items: center;
        gap: 7px;
        height: 30px;
        padding: 0 4px;
        flex: 1;
        min-width: 0;
        font-size: 12px;
        font-weight: 600;
      }
      .source {
        margin-top: 6px;
        padding: 0;
      }
      .ds .small {
        white-space: nowrap;
      }
      .maybe,
      .is-maybe .dn {
        color: var(--text-3);
      }
      .dt {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 26px;
        padding: 0 4px 0 calc(2px + var(--d) * 14px);
        border-radius: 5px;
        cursor: default;
        touch-action: pan-y;
      }
      .dt:hover,
      .dt:focus-visible {
        background: var(--pressed);
      }
      .dt:focus-visible {
        outline-offset: -2px;
      }
      .tw {
        display: grid;
        place-items: center;
        width: 12px;
        flex: none;
        margin-right: -4px;
        color: var(--text-3);
      }
      .ty {
        color: var(--text-3);
        display: inline-flex;
      }
      .dn {
        flex: none;
        max-width: 110px;
      }
      .dv {
        margin-left: auto;
        color: var(--text-2);
        text-align: right;
      }
      .plus {
        display: none;
        place-items: center;
        width: 20px;
        height: 20px;
        border-radius: 4px;
        background: var(--accent);
        color: var(--on-accent);
        flex: none;
      }
      .dt:hover .plus,
      .dt:focus-within .plus,
      .dt:focus .plus {
        display: grid;
      }
      .none {
        padding: 8px 4px;
        color: var(--text-2);
        font-size: 12px;
        line-height: var(--lh-prose);
      }
    `,
  ];

  @property({ attribute: false }) groups: readonly DataGroup[] = [];
  /** Name of the field that data goes into; empty: no field has been chosen. */
  @property() target = '';

  @state() private text = '';
  @state() private toggled: ReadonlySet<string> = new Set();
  @state() private asked: { readonly group: DataGroup; readonly row: DataRow } | undefined;
  @query('input') private readonly search!: HTMLInputElement;
  @query('pb-menu') private readonly menu!: (HTMLElement & { show(): void }) | null;

  override focus(): void {
    this.search.focus();
  }

  /** The first level of each source is open. */
  private isOpen(group: DataGroup, path: string): boolean {
    if (this.text !== '') return true;
    const isToggled = this.toggled.has(`${group.root}.${path}`);
    const depth = path.split('.').length - group.base.length;
    return isToggled !== (depth <= 1 && this.groups.length < 6);
  }

  private toggle(group: DataGroup, row: DataRow): void {
    const id = `${group.root}.${row.path.join('.')}`;
    const next = new Set(this.toggled);
    if (!next.delete(id)) next.add(id);
    this.toggled = next;
  }

  private insert(group: DataGroup, row: DataRow): void {
    if (!isEach(row)) {
      this.emit('pb-data-insert', referenceOf(group.root, row, { isOptional: group.mayNotHaveRun }));
      return;
    }
    this.asked = { group, row };
    void this.updateComplete.then(() => {
      this.menu?.show();
    });
  }

  private handleEach(choice: EachChoice): void {
    const { asked } = this;
    if (asked === undefined) return;
    this.asked = undefined;
    this.emit(
      'pb-data-insert',
      referenceOf(asked.group.root, asked.row, { isOptional: asked.group.mayNotHaveRun, each: choice }),
    );
  }

  private handlePress(event: PointerEvent, group: DataGroup, row: DataRow): void {
    const reference = referenceOf(group.root, row, { isOptional: group.mayNotHaveRun, each: 'first' });
    startPointerDrag(event, {
      ghost: () => {
        const ghost = document.createElement('div');
        ghost.textContent = `${group.title} › ${rowLabel(row)}`;
        Object.assign(ghost.style, {
          padding: '2px 8px',
          borderRadius: '5px',
          background: 'var(--accent-tint)',
          color: 'var(--accent)',
          font: '500 12px/18px var(--font)',
          boxShadow: 'var(--shadow-float)',
        });
        return ghost;
      },
      onMove: ({ clientX, clientY }) => {
        this.emit('pb-data-drag', { clientX, clientY });
      },
      onDrop: ({ clientX, clientY }) => {
        this.emit('pb-data-drop', { reference, clientX, clientY });
      },
      onCancel: () => {
        this.emit('pb-data-drag');
      },
    });
  }

  private handleKey(event: KeyboardEvent): void {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.dt')];
    const at = rows.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    (target < 0 ? this.search : rows[target])?.focus();
  }

  private handleRowKey(event: KeyboardEvent, group: DataGroup, row: DataRow): void {
    const path = row.path.join('.');
    if (event.key === 'Enter' || event.key === ' ') this.insert(group, row);
    else if (event.key === 'ArrowRight' && row.hasChildren && !this.isOpen(group, path)) this.toggle(group, row);
    else if (event.key === 'ArrowLeft' && row.hasChildren && this.isOpen(group, path)) this.toggle(group, row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private renderRow(group: DataGroup, row: DataRow, isFirst: boolean): TemplateResult {
    const isOpen = this.isOpen(group, row.path.join('.'));
    const label = rowLabel(row);
    return html`<div
      class="dt ${group.mayNotHaveRun ? 'is-maybe' : ''}"
      role="treeitem"
      tabindex=${isFirst ? 0 : -1}
      aria-level=${row.depth + 2}
      aria-expanded=${row.hasChildren ? String(isOpen) : nothing}
      aria-label=${`${label}${row.sample === '' ? '' : `, ${row.sample}`}, ${row.type}`}
      title=${row.description === '' ? nothing : row.description}
      data-path=${`${group.root}.${row.path.join('.')}`}
      style="--d:${row.depth}"
      @keydown=${(event: KeyboardEvent) => {
        this.handleRowKey(event, group, row);
      }}
      @pointerdown=${(event: PointerEvent) => {
        this.handlePress(event, group, row);
      }}
      @dblclick=${() => {
        this.insert(group, row);
      }}
    >
      <span
        class="tw"
        @click=${() => {
          if (row.hasChildren) this.toggle(group, row);
        }}
        >${row.hasChildren ? icon(isOpen ? 'chevron-down' : 'chevron-right', 12) : nothing}</span
      >
      <span class="ty">${icon(typeIcons[row.type] ?? 'circle-dashed', 12)}</span>
      <span class="dn cut">${label}</span>
      <code class="dv cut">${row.sample}</code>
      <span
        class="plus"
        title=${this.target === '' ? 'Insert' : `Insert into ${this.target}`}
        @click=${() => {
          this.insert(group, row);
        }}
        >${icon('plus', 12)}</span
      >
    </div>`;
  }

  private insertWhole({ root, base, mayNotHaveRun }: DataGroup): void {
    this.emit('pb-data-insert', writePath(root, base, mayNotHaveRun));
  }

  /** The head of a group stands for all that the step gave. */
  private renderSource(group: DataGroup, note: string): TemplateResult {
    return html`<div
      class="dt source"
      role="treeitem"
      tabindex="-1"
      aria-level="1"
      aria-expanded="true"
      aria-label=${[group.title, note].filter(Boolean).join(', ')}
      data-path=${[group.root, ...group.base].join('.')}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        this.insertWhole(group);
      }}
    >
      <div class="ds">
        ${tile(group.look, 20)}<span class="cut ${group.mayNotHaveRun ? 'maybe' : ''}">${group.title}</span>
        <span class="end small t3" style="font-weight:400">${note}</span>
        <span
          class="plus"
          title=${this.target === '' ? 'Insert all of it' : `Insert all of it into ${this.target}`}
          @click=${() => {
            this.insertWhole(group);
          }}
          >${icon('plus', 12)}</span
        >
      </div>
    </div>`;
  }

  private renderGroup(group: DataGroup, index: number): TemplateResult | typeof nothing {
    const words = this.text.toLowerCase();
    const all = dataRows(group, (path) => this.isOpen(group, path));
    const rows = words === '' ? all : all.filter((row) => rowLabel(row).toLowerCase().includes(words));
    if (words !== '' && rows.length === 0) return nothing;
    const note = group.mayNotHaveRun ? 'may not have run' : group.note;
    return html`${this.renderSource(group, note)}
    ${rows.map((row, at) => this.renderRow(group, row, index === 0 && at === 0))}
    ${rows.length === 0 ? html`<p class="none">${group.sample === undefined ? 'Nothing known yet. Test the step to see its data.' : 'No data.'}</p>` : nothing}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="top">
        <div class="row">
          <h3 class="h3">Data</h3>
          <span class="end small t3 cut">${this.target === '' ? 'choose a field first' : `into ${this.target}`}</span>
        </div>
        <div class="input search">
          ${icon('search', 14)}
          <input
            type="search"
            aria-label="Find a field"
            placeholder="Find a field"
            autocomplete="off"
            @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
            @keydown=${this.handleKey}
          />
        </div>
      </div>
      <div class="scroll grow list" role="tree" aria-label="Data of earlier steps" @keydown=${this.handleKey}>
        ${this.groups.map((group, index) => this.renderGroup(group, index))}
      </div>
      ${
        this.asked === undefined
          ? nothing
          : html`<pb-menu
              label="${rowLabel(this.asked.row)}: which items?"
              .items=${eachChoices}
              @pb-menu-select=${(event: CustomEvent<EachChoice>) => {
                this.handleEach(event.detail);
              }}
            ></pb-menu>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-data-panel': PbDataPanel;
  }
}
