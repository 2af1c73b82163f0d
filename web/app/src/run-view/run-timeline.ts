import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Run } from '@patchbay/api-contract/client';
import { stateWords } from '../canvas/element/state-words.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { glyph, hasGlyph } from '../ui/glyph/glyph.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import { formatDuration } from './durations.ts';
import type { AttemptTime } from './attempt-logs.ts';
import { axisTicks, isOver, timelineRows, unfolded, type TimelineRow } from './timeline-rows.ts';
import { timelineStyles } from './timeline-styles.ts';

const rowHeight = 32;
/** Loops with more items than this start folded. */
const foldAbove = 10;

/** The time that the axis shows, in epoch milliseconds. */
interface Span {
  readonly start: number;
  readonly length: number;
}

function durationOf(row: TimelineRow, span: Span): string {
  return row.start === undefined ? '' : formatDuration((row.end ?? span.start + span.length) - row.start);
}

/** Name of a row for screen readers: the visible words in their order, then what only colour says. */
function rowName(row: TimelineRow, options: { span: Span; isStateFirst: boolean }): string {
  if (row.note !== undefined) return `${row.label}, ${row.note}`;
  const state = stateWords[row.state] ?? row.state;
  const duration = durationOf(row, options.span);
  return [row.label, ...(options.isStateFirst ? [state, duration] : [duration, state])]
    .filter((part) => part !== '')
    .join(', ');
}

/** A bar on the time axis; one without an end is still growing. */
function bar(
  kind: string,
  { start, end }: { readonly start: number; readonly end: number | undefined },
  span: Span,
): TemplateResult {
  const left = ((start - span.start) / span.length) * 100;
  const width = (((end ?? span.start + span.length) - start) / span.length) * 100;
  return html`<i
    class="gb gb-${kind}"
    style="left:${Math.min(99, left).toFixed(2)}%;width:max(3px,${Math.min(100 - left, width).toFixed(2)}%)"
  ></i>`;
}

/**
 * @summary The steps of a run on a time axis, iterations grouped under their loop. A tree: arrows move, left and right fold.
 * @event pb-run-select - detail is the id of the row.
 */
@customElement('pb-run-timeline')
export class PbRunTimeline extends PbElement {
  static override styles = [baseStyles, timelineStyles];

  @property({ attribute: false }) run: Run | undefined;
  @property() selected = '';
  /** Epoch milliseconds up to which open bars reach; the page moves it while the run is live. */
  @property({ type: Number }) now = 0;
  @property() view: 'bars' | 'steps' = 'bars';
  /** Attempts of the steps that needed more than one, by path. */
  @property({ attribute: false }) attempts: ReadonlyMap<string, readonly AttemptTime[]> = new Map();

  @state() private folded: ReadonlySet<string> = new Set();
  @state() private offset = 0;
  @state() private viewHeight = 600;
  @query('.gl') private readonly list!: HTMLElement | null;

  #rows: TimelineRow[] = [];
  #foldedOnce = new Set<string>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('run') && this.run !== undefined) {
      this.#rows = timelineRows(this.run);
      this.foldLongLoops();
    }
  }

  protected override updated(): void {
    const height = this.list?.clientHeight ?? 0;
    if (height > 0 && height !== this.viewHeight) this.viewHeight = height;
  }

  private foldLongLoops(): void {
    const iterations = this.#rows.filter((row) => row.kind === 'iteration');
    if (iterations.length <= foldAbove) return;
    const fresh = iterations.filter((row) => !this.#foldedOnce.has(row.id) && row.state !== 'failed');
    if (fresh.length === 0) return;
    this.folded = new Set([...this.folded, ...fresh.map((row) => row.id)]);
    for (const row of fresh) this.#foldedOnce.add(row.id);
  }

  private toggle(id: string): void {
    const next = new Set(this.folded);
    if (!next.delete(id)) next.add(id);
    this.folded = next;
  }

  private select(id: string): void {
    this.emit('pb-run-select', id);
  }

  private handleKey(event: KeyboardEvent): void {
    const rows = unfolded(this.#rows, this.folded);
    const at = Math.max(
      0,
      rows.findIndex((row) => row.id === this.selected),
    );
    const row = rows[at];
    if (row === undefined) return;
    const target = this.targetOf(event.key, { rows, at, row });
    if (target === undefined) return;
    event.preventDefault();
    if (target === row.id) return;
    this.select(target);
    void this.focusRow(target);
  }

  private targetOf(key: string, place: { rows: TimelineRow[]; at: number; row: TimelineRow }): string | undefined {
    const { rows, at, row } = place;
    const moves: Record<string, () => string | undefined> = {
      ArrowDown: () => rows[at + 1]?.id ?? row.id,
      ArrowUp: () => rows[at - 1]?.id ?? row.id,
      Home: () => rows[0]?.id,
      End: () => rows.at(-1)?.id,
      ArrowRight: () => this.unfoldOrEnter(place),
      ArrowLeft: () => this.foldOrLeave(place),
    };
    return moves[key]?.();
  }

  private unfoldOrEnter({ rows, at, row }: { rows: TimelineRow[]; at: number; row: TimelineRow }): string {
    if (!row.hasChildren) return row.id;
    if (!this.folded.has(row.id)) return rows[at + 1]?.id ?? row.id;
    this.toggle(row.id);
    return row.id;
  }

  private foldOrLeave({ rows, at, row }: { rows: TimelineRow[]; at: number; row: TimelineRow }): string {
    if (!row.hasChildren || this.folded.has(row.id)) {
      return rows.slice(0, at).findLast((above) => above.depth < row.depth)?.id ?? row.id;
    }
    this.toggle(row.id);
    return row.id;
  }

  private async focusRow(id: string): Promise<void> {
    const index = unfolded(this.#rows, this.folded).findIndex((row) => row.id === id);
    const list = this.list;
    if (list === null || index < 0) return;
    if (index * rowHeight < list.scrollTop) list.scrollTop = index * rowHeight;
    const bottom = (index + 1) * rowHeight - list.clientHeight + 8;
    if (bottom > list.scrollTop) list.scrollTop = bottom;
    this.offset = list.scrollTop;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.gr.is-on')?.focus();
  }

  private spanOf(run: Run): Span {
    const start = Date.parse(run.started);
    const end = run.ended === undefined ? Math.max(this.now, start) : Date.parse(run.ended);
    return { start, length: Math.max(1, end - start) };
  }

  private renderBar(row: TimelineRow, span: Span): TemplateResult | typeof nothing {
    if (row.note !== undefined) return html`<em>${row.note}</em>`;
    if (row.start === undefined) return nothing;
    const isScope = row.kind === 'container' || row.kind === 'iteration';
    const whole = bar(isScope ? 'scope' : row.state, { start: row.start, end: row.end }, span);
    const attempts = isScope ? [] : (this.attempts.get(row.id) ?? []);
    if (attempts.length < 2) return whole;
    // The thin line is the whole step with its pauses; each attempt stands on it.
    return html`${bar('scope', { start: row.start, end: row.end }, span)}${attempts.map(
      ({ state: how, started, ended }) =>
        bar(how, { start: Date.parse(started), end: ended === undefined ? undefined : Date.parse(ended) }, span),
    )}`;
  }

  private renderRow(row: TimelineRow, span: Span): TemplateResult {
    const isOn = row.id === this.selected;
    const isOff = row.note !== undefined || row.state === 'pending';
    return html`<div
      class="gr ${isOn ? 'is-on' : ''} ${isOff ? 'is-off' : ''}"
      role="treeitem"
      aria-level=${row.depth + 1}
      aria-selected=${isOn ? 'true' : 'false'}
      aria-expanded=${row.hasChildren ? String(!this.folded.has(row.id)) : nothing}
      aria-label=${rowName(row, { span, isStateFirst: this.view === 'steps' })}
      tabindex=${isOn || (this.selected === '' && row.id === 'trigger') ? 0 : -1}
      @click=${() => {
        this.select(row.id);
      }}
    >
      ${this.renderName(row)}
      ${
        this.view === 'bars'
          ? html`<span class="gt">${this.renderBar(row, span)}</span>`
          : html`<span class="gt is-plain"><em>${row.note ?? stateWords[row.state]}</em></span>`
      }
      <span class="gd num">${row.note === undefined ? durationOf(row, span) : ''}</span>
    </div>`;
  }

  private renderName(row: TimelineRow): TemplateResult {
    const shown = row.state === 'pending' ? 'skipped' : row.state;
    const fold = (event: Event): void => {
      event.stopPropagation();
      this.toggle(row.id);
    };
    return html`<span class="gn" style="--d:${row.depth}">
      ${
        row.hasChildren
          ? html`<span class="tw" @click=${fold}
              >${icon(this.folded.has(row.id) ? 'chevron-right' : 'chevron-down', 12)}</span
            >`
          : html`<span class="tw"></span>`
      }
      ${hasGlyph(shown) ? glyph(shown) : nothing}<span class="cut">${row.label}</span>
    </span>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { run } = this;
    if (run === undefined) return nothing;
    const span = this.spanOf(run);
    const rows = unfolded(this.#rows, this.folded);
    const first = Math.max(0, Math.floor(this.offset / rowHeight) - 8);
    const visible = rows.slice(first, first + Math.ceil(this.viewHeight / rowHeight) + 16);
    const ticks = axisTicks(span.length);
    return html`
      <div class="axis" aria-hidden="true">
        <span></span>
        <span class="ticks">
          ${this.view === 'bars' ? ticks.map((tick) => html`<i style="left:${(tick.at * 100).toFixed(1)}%">${tick.label}</i>`) : nothing}
        </span>
        <span></span>
      </div>
      <div
        class="gl scroll grow"
        role="tree"
        aria-label=${`Steps of this run${isOver(run) ? '' : ', live'}`}
        style="--tick:${(100 * (ticks[1]?.at ?? 1)).toFixed(2)}%"
        @keydown=${this.handleKey}
        @scroll=${(event: Event) => {
          this.offset = (event.currentTarget as HTMLElement).scrollTop;
        }}
      >
        <div style="height:${first * rowHeight}px"></div>
        ${visible.map((row) => this.renderRow(row, span))}
        <div style="height:${Math.max(0, rows.length - first - visible.length) * rowHeight}px"></div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-run-timeline': PbRunTimeline;
  }
}
