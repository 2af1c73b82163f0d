import { Task } from '@lit/task';
import type { FlowSummary, RouteResponse, RunSummary } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { countWords } from '../../format/numbers.ts';
import { PollController } from '../../shell/loading/poll-controller.ts';
import { RunFeedController } from '../../shell/loading/run-feed-controller.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PagedScreen } from '../../shell/paged-screen.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import type { SelectOption } from '../../ui/select/select.ts';
import { runColumns } from './run-columns.ts';
import { periodOf, periods, spanWords, startOf, ticksOf } from './runs-filter.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import '../../ui/histogram/histogram.ts';
import '../../ui/search/search.ts';
import '../../ui/select/select.ts';
import '../../ui/table/table.ts';

const pageSize = 50;
const refreshMs = 15_000;

const stateOptions: readonly SelectOption[] = [
  { value: '', label: 'any' },
  { value: 'failed', label: 'failed' },
  { value: 'queued,running', label: 'open' },
  { value: 'succeeded', label: 'succeeded' },
  { value: 'cancelled', label: 'cancelled' },
];
const triggerOptions: readonly SelectOption[] = [
  { value: '', label: 'any' },
  { value: 'webhook', label: 'webhook' },
  { value: 'manual', label: 'manual' },
];
const kindOptions: readonly SelectOption[] = [
  { value: '', label: 'all' },
  { value: 'false', label: 'without tests' },
  { value: 'true', label: 'only tests' },
];

type Stats = RouteResponse<'getRunStats'>;

/**
 * @summary All runs, live: filters and page are part of the address; a bar of the histogram narrows the time.
 */
@customElement('pb-runs-screen')
export class PbRunsScreen extends PagedScreen {
  static override styles = [baseStyles];

  private readonly load = new Task(this, {
    task: async (
      [query, flowId, state, triggerKind, isTest, from, startedAfter, startedBefore],
      { signal },
    ): Promise<Rows<RunSummary>> => {
      const kind: { isTest?: 'true' | 'false' } = isTest === 'true' || isTest === 'false' ? { isTest } : {};
      const time = { startedAfter, ...(startedBefore === '' ? {} : { startedBefore }) };
      const search = { query, flowId, state, triggerKind, from, size: pageSize, ...kind, ...time };
      return rowsOf(await this.app.api.call('searchRuns', { query: search, signal }));
    },
    args: () =>
      [
        this.query('q'),
        this.query('flow'),
        this.query('state'),
        this.query('trigger'),
        this.query('tests'),
        this.from,
        this.query('after') || startOf(this.period),
        this.query('before'),
        this.app.connection.returned.get(),
      ] as const,
  });

  private readonly stats = new Task(this, {
    task: ([period, flowId], { signal }): Promise<Stats> => {
      const { buckets } = periodOf(period);
      return this.app.api.call('getRunStats', { query: { from: startOf(periodOf(period)), buckets, flowId }, signal });
    },
    args: () => [this.query('period'), this.query('flow'), this.app.connection.returned.get()] as const,
  });

  private readonly flows = new Task(this, {
    task: async ([,], { signal }): Promise<readonly FlowSummary[]> =>
      rowsOf(await this.app.api.call('searchFlows', { query: { size: 200, sort: 'name' }, signal })).rows,
    args: () => [true] as const,
  });

  private readonly feed = new RunFeedController(this, () => void this.load.run());
  /** Runs that are not among the newest change unseen by the feed. */
  private readonly poll = new PollController(this, refreshMs, () => {
    void this.load.run();
    void this.stats.run();
  });

  private get period() {
    return periodOf(this.query('period'));
  }

  private set(name: string, value: string): void {
    this.app.router.setQuery({ [name]: value, from: undefined });
  }

  private renderSelect(name: string, chip: string, options: readonly SelectOption[]): TemplateResult {
    return html`<pb-select
      chip=${chip}
      .value=${this.query(name)}
      .options=${options}
      @pb-change=${(event: CustomEvent<string>) => {
        this.set(name, event.detail);
      }}
    ></pb-select>`;
  }

  private renderSpan(): TemplateResult | typeof nothing {
    const [after, until] = [this.query('after'), this.query('before')];
    if (after === '' || until === '') return nothing;
    return html`<pb-button
      class="end"
      iconEnd="x"
      label="${spanWords(after, until)}, remove this filter"
      @click=${() => {
        this.app.router.setQuery({ after: undefined, before: undefined, from: undefined });
      }}
      >${spanWords(after, until)}</pb-button
    >`;
  }

  private renderFilters(): TemplateResult {
    const flows = (this.flows.value ?? []).map(({ id, name }) => ({ value: id, label: name }));
    return html`<div class="filters">
      <pb-search
        label="Find runs"
        placeholder="Run, flow or error"
        .value=${this.query('q')}
        @pb-search=${(event: CustomEvent<string>) => {
          this.set('q', event.detail);
        }}
      ></pb-search>
      <pb-select
        chip="Last"
        .value=${this.period.value}
        .options=${periods}
        @pb-change=${(event: CustomEvent<string>) => {
          this.app.router.setQuery({ period: event.detail, after: undefined, before: undefined, from: undefined });
        }}
      ></pb-select>
      ${this.renderSelect('state', 'State', stateOptions)}
      ${this.renderSelect('flow', 'Flow', [{ value: '', label: 'any' }, ...flows])}
      ${this.renderSelect('trigger', 'Trigger', triggerOptions)} ${this.renderSelect('tests', 'Runs', kindOptions)}
      ${this.renderSpan()}
    </div>`;
  }

  private selectBucket(stats: Stats, index: number): void {
    const after = stats.buckets[index]?.from;
    const until = stats.buckets[index + 1]?.from ?? new Date().toISOString();
    if (after !== undefined) this.app.router.setQuery({ after, before: until, from: undefined });
  }

  private renderHistogram(stats: Stats): TemplateResult {
    const failed = stats.buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
    const all = stats.buckets.reduce((sum, bucket) => sum + bucket.succeeded + bucket.failed + bucket.cancelled, 0);
    return html`<section class="hist" aria-label="Runs over time">
      <div class="row hist-head">
        <span class="t2"
          ><b class="strong num">${countWords(all)}</b> ${all === 1 ? 'run' : 'runs'},
          <b class="strong num">${countWords(failed)}</b> failed</span
        >
        <span class="legend end"
          ><span><i class="sw sw-ok"></i>Succeeded</span><span><i class="sw sw-bad"></i>Failed</span></span
        >
      </div>
      <pb-histogram
        height="64"
        selectable
        .buckets=${stats.buckets}
        .ticks=${ticksOf(this.period)}
        @pb-bucket-select=${(event: CustomEvent<number>) => {
          this.selectBucket(stats, event.detail);
        }}
      ></pb-histogram>
    </section>`;
  }

  private get hasFilter(): boolean {
    return ['q', 'flow', 'state', 'trigger', 'tests', 'after', 'period'].some((name) => this.query(name) !== '');
  }

  private renderEmpty(): TemplateResult {
    if (this.hasFilter) {
      return html`<pb-empty heading="No run fits" drawing="search">
        Nothing ran with these filters.
        <pb-button slot="actions" href="/app/runs">Show all runs</pb-button>
      </pb-empty>`;
    }
    return html`<pb-empty heading="No runs yet" drawing="runs">
      Every run shows up here with its steps and data.
      <pb-button slot="actions" icon="play" href="/app/flows">Open a flow and test it</pb-button>
    </pb-empty>`;
  }

  private renderRows({ rows, total }: Rows<RunSummary>): TemplateResult {
    if (rows.length === 0) return this.renderEmpty();
    return html`<pb-table
        label="Runs"
        .columns=${runColumns}
        .rows=${rows}
        .keyOf=${(run: RunSummary) => run.id}
      ></pb-table>
      ${this.renderPager({ noun: 'runs', size: pageSize, total })}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in page-wide">
      <div class="page-head">
        <h1 class="h1">Runs</h1>
        <span class="badge badge-running badge-plain live">${glyph('running')}Live</span>
      </div>
      ${this.renderFilters()} ${this.stats.value === undefined ? nothing : this.renderHistogram(this.stats.value)}
      ${renderLoaded(this.load, {
        subject: 'Runs',
        skeleton: html`<pb-skeleton count="10"></pb-skeleton>`,
        complete: (rows) => this.renderRows(rows),
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-runs-screen': PbRunsScreen;
  }
}
