import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import { PbElement } from '../pb-element.ts';

/** One column. `render` gives the cell; the shared sheets are there, so `.row`, `.tile`, `.badge` work in it. */
export interface Column<Row> {
  readonly id: string;
  /** Head of the column; `''` for a column of buttons. */
  readonly label: string;
  readonly render: (row: Row) => unknown;
  readonly align?: 'end';
  /** Field that the API sorts by; makes the head a button. */
  readonly sort?: string;
  /** Goes first when the window gets narrow. */
  readonly isMinor?: boolean;
  /** Takes the room that is left and cuts long text. */
  readonly isWide?: boolean;
}

/**
 * @summary A real table. Arrow up and down move between the first links of the rows; the head sorts.
 * @event pb-sort-change - detail is `field` or `-field`.
 */
@customElement('pb-table')
export class PbTable<Row = unknown> extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        overflow-x: auto;
        scrollbar-width: thin;
        scrollbar-color: var(--border) transparent;
      }
      .table tbody td {
        height: var(--pb-row, var(--row));
        color: var(--text-2);
      }
      th:first-child,
      td:first-child {
        padding-left: 0;
      }
      th:last-child,
      td:last-child {
        padding-right: 0;
      }
      td.wide {
        max-width: 0;
        width: 40%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      thead td {
        height: 36px;
      }
      td .badge {
        vertical-align: middle;
      }
      th button {
        display: inline-flex;
        align-items: center;
        min-height: 24px;
        font: inherit;
        color: inherit;
        border-radius: var(--r-pill);
      }
      th button:hover {
        color: var(--text);
      }
      .main {
        color: var(--text);
        font-weight: var(--w-medium);
      }
      .main:hover {
        color: var(--text);
      }
      tr.muted td,
      tr.muted .main {
        color: var(--text-3);
        font-weight: var(--w-regular);
      }
      tr.muted .tile {
        filter: saturate(0);
      }
      .actions {
        display: flex;
        justify-content: flex-end;
        align-items: center;
        gap: 4px;
      }
      .on-hover {
        opacity: 0;
      }
      tr:hover .on-hover,
      tr:focus-within .on-hover {
        opacity: 1;
      }
      @media (max-width: 1100px) {
        .minor {
          display: none;
        }
      }
    `,
  ];

  /** What the table lists; read by screen readers. */
  @property() label = '';
  @property({ attribute: false }) columns: readonly Column<Row>[] = [];
  @property({ attribute: false }) rows: readonly Row[] = [];
  @property({ attribute: false }) keyOf: (row: Row) => string = (row) => JSON.stringify(row);
  /** Disabled rows are drawn quieter. */
  @property({ attribute: false }) isMuted: (row: Row) => boolean = () => false;
  @property() sort = '';

  private handleSort(field: string): void {
    const isDown = this.sort === `-${field}`;
    this.emitLocal('pb-sort-change', isDown ? field : `-${field}`);
  }

  private handleKeydown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (event.target as Element).closest('tr');
    if (step === undefined || row === null || (event.target as Element).closest('pb-menu') !== null) return;
    const next = step === 1 ? row.nextElementSibling : row.previousElementSibling;
    const link = next?.querySelector<HTMLElement>('a, button, pb-button');
    if (!link) return;
    event.preventDefault();
    link.focus();
  }

  private renderHead(column: Column<Row>): TemplateResult {
    const { sort } = column;
    const isSorted = sort !== undefined && (this.sort === sort || this.sort === `-${sort}`);
    const order = this.sort.startsWith('-') ? 'descending' : 'ascending';
    const classes = `${column.align === 'end' ? 'r' : ''} ${isSorted ? 'sorted' : ''} ${column.isMinor ? 'minor' : ''}`;
    if (column.label === '') return html`<td class=${classes}></td>`;
    if (sort === undefined) return html`<th scope="col" class=${classes}>${column.label}</th>`;
    return html`<th scope="col" class=${classes} aria-sort=${isSorted ? order : nothing}>
      <button
        type="button"
        @click=${() => {
          this.handleSort(sort);
        }}
      >
        ${column.label}${isSorted ? icon(order === 'descending' ? 'arrow-down' : 'arrow-up', 12) : nothing}
      </button>
    </th>`;
  }

  private renderRow(row: Row): TemplateResult {
    return html`<tr class=${this.isMuted(row) ? 'muted' : ''}>
      ${this.columns.map(
        (column) =>
          html`<td
            class="${column.align === 'end' ? 'r' : ''} ${column.isMinor ? 'minor' : ''} ${column.isWide ? 'wide' : ''}"
          >
            ${column.render(row)}
          </td>`,
      )}
    </tr>`;
  }

  protected override render(): TemplateResult {
    return html`<table class="table" aria-label=${this.label} @keydown=${this.handleKeydown}>
      <thead>
        <tr>
          ${this.columns.map((column) => this.renderHead(column))}
        </tr>
      </thead>
      <tbody>
        ${repeat(this.rows, this.keyOf, (row) => this.renderRow(row))}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-table': PbTable;
  }
}
