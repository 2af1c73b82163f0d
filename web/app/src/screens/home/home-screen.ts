import { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { countWords, percentWords, plural } from '../../format/numbers.ts';
import { dayWords, durationWords, shortClock, timeAgo } from '../../format/time.ts';
import { initialsOf } from '../../format/initials.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PollController } from '../../shell/loading/poll-controller.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { glyph, hasGlyph } from '../../ui/glyph/glyph.ts';
import { sparkline } from '../../ui/histogram/histogram.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { IconName } from '../../ui/icon/icon-names.ts';
import type { Column } from '../../ui/table/table.ts';
import { tile } from '../../ui/tile/tile.ts';
import { triggerLook } from '../../format/words.ts';
import { createFlow } from '../flows/flow-actions.ts';
import { connectionProblem, loadHome, statusSentence, type HomeData } from './home-data.ts';
import { homeStyles } from './home.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/table/table.ts';

type FlowRow = HomeData['flows'][number];

const refreshMs = 15_000;

/**
 * @summary What needs attention, what runs, what was edited last; on the first day, where to begin.
 */
@customElement('pb-home-screen')
export class PbHomeScreen extends ScreenElement {
  static override styles = [baseStyles, homeStyles];

  private readonly load = new Task(this, {
    task: ([,], { signal }) => loadHome(this.app.api, signal),
    args: () => [this.app.connection.returned.get()] as const,
  });
  private readonly poll = new PollController(this, refreshMs, () => void this.load.run());

  private renderHead(title: string): TemplateResult {
    return html`<div class="page-head">
      <div class="grow">
        <h1 class="h1">${title}</h1>
        <p class="sub">${dayWords()}, last 24 hours</p>
      </div>
      ${
        this.app.session.canEdit()
          ? html`<pb-button variant="primary" icon="plus" @click=${() => createFlow(this.app)}>New flow</pb-button>`
          : nothing
      }
    </div>`;
  }

  private renderPulse({ stats }: HomeData): TemplateResult {
    const succeeded = stats.buckets.reduce((sum, bucket) => sum + bucket.succeeded, 0);
    const failed = stats.buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
    const all = succeeded + failed;
    const ticks = [0, 12, 24, 36].map((index) => shortClock(stats.buckets[index]?.from ?? Date.now()));
    return html`<section class="pulse" aria-label="Runs of the last 24 hours">
      <div class="nums">
        <span><b class="num">${countWords(all)}</b><span class="t2">${all === 1 ? 'run' : 'runs'}</span></span>
        ${
          all === 0
            ? nothing
            : html`<span><b class="num">${percentWords(succeeded, all)}</b><span class="t2">succeeded</span></span>`
        }
        <span><b class="num">${countWords(stats.running)}</b><span class="t2">running now</span></span>
        <span class="legend end"
          ><span><i class="sw sw-ok"></i>Succeeded</span><span><i class="sw sw-bad"></i>Failed</span></span
        >
      </div>
      <pb-histogram label="Runs per half hour" .buckets=${stats.buckets} .ticks=${[...ticks, 'Now']}></pb-histogram>
    </section>`;
  }

  private renderNeed(mark: TemplateResult, words: readonly [string, string], action: TemplateResult): TemplateResult {
    const [title, cause] = words;
    return html`<li class="need">
      ${mark}
      <div class="grow">
        <p class="medium">${title}</p>
        <p class="t2">${cause}</p>
      </div>
      ${action}
    </li>`;
  }

  private renderNeeds({ stats, toFix }: HomeData): TemplateResult | typeof nothing {
    const count = stats.failingFlows.length + toFix.length;
    if (count === 0) return nothing;
    return html`<section>
      <div class="sec-h">
        <h2 class="h2">Needs attention</h2>
        <span class="count">${count}</span>
      </div>
      <ul class="card needs">
        ${stats.failingFlows.map((flow) =>
          this.renderNeed(
            glyph('failed'),
            [`${flow.flowName} is failing`, `${plural(flow.failed, 'run')} failed. ${flow.message}`],
            html`<pb-button size="small" href="/app/runs/${flow.lastRunId}">Open run</pb-button>`,
          ),
        )}
        ${toFix.map((connection) =>
          this.renderNeed(
            icon(connection.health === 'offline' ? 'unplug' : 'key-round'),
            connectionProblem(connection),
            html`<pb-button size="small" href="/app/connections/${connection.id}">Fix</pb-button>`,
          ),
        )}
      </ul>
    </section>`;
  }

  private get columns(): Column<FlowRow>[] {
    return [
      {
        id: 'name',
        label: 'Flow',
        render: (flow) =>
          html`<span class="row"
            >${tile({ icon: triggerLook(flow.triggerKind).icon }, 24)}<a class="main cut" href="/app/flows/${flow.id}"
              >${flow.name}</a
            ></span
          >`,
      },
      { id: 'state', label: 'State', render: (flow) => badge('flow', flow.state) },
      {
        id: 'history',
        label: '14 days',
        isMinor: true,
        render: (flow) => (flow.history.length > 0 ? sparkline(flow.history) : nothing),
      },
      {
        id: 'succeeded',
        label: 'Succeeded',
        align: 'end',
        render: (flow) => {
          const failed = flow.history.reduce((sum, day) => sum + day.failed, 0);
          const succeeded = flow.history.reduce((sum, day) => sum + day.succeeded, 0);
          return html`<span class="num">${percentWords(succeeded, succeeded + failed)}</span>`;
        },
      },
      {
        id: 'updated',
        label: 'Edited',
        align: 'end',
        render: (flow) =>
          html`<span class="row edited"
            ><span class="t3">${timeAgo(flow.updated)}</span>${
              flow.updatedBy
                ? html`<span class="avatar avatar-20" title=${flow.updatedBy}>${initialsOf(flow.updatedBy)}</span>`
                : nothing
            }</span
          >`,
      },
    ];
  }

  private renderStart(): TemplateResult {
    const entry = (href: string, mark: IconName, [title, text]: readonly [string, string]): TemplateResult =>
      html`<a class="start" href=${href}
        >${icon(mark, 18)}<span class="grow"
          ><span class="medium">${title}</span><span class="t2 small">${text}</span></span
        >${icon('chevron-right', 14, 't3')}</a
      >`;
    return html`<section>
      <div class="sec-h"><h2 class="h2">Start</h2></div>
      <div class="card">
        ${entry('/app/marketplace', 'store', ['Find a connector', 'Search by what it should do'])}
        ${entry('/app/connections/new', 'cable', ['Connect a system', 'Credentials, tested at once'])}
        ${entry('/app/flows?import=1', 'upload', ['Import a flow', 'JSON or YAML file'])}
      </div>
    </section>`;
  }

  private renderRunning({ running }: HomeData): TemplateResult {
    return html`<section>
      <div class="sec-h">
        <h2 class="h2">Running now</h2>
        <a class="end" href="/app/runs">All runs</a>
      </div>
      ${running.length === 0 ? html`<p class="t3">Nothing is running.</p>` : nothing}
      <ul>
        ${running.map(
          (run) =>
            html`<li>
              <a class="now" href="/app/runs/${run.id}"
                >${hasGlyph(run.state) ? glyph(run.state) : nothing}<span class="cut">${run.flowName}</span
                ><span class="end small t3 num">${durationWords(Date.now() - Date.parse(run.started))}</span></a
              >
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private renderFirstDay(): TemplateResult {
    const card = (href: string, mark: IconName, [title, text]: readonly [string, string]): TemplateResult =>
      html`<a class="card first" href=${href}
        >${icon(mark, 20)}<span class="h2">${title}</span><span class="t2">${text}</span></a
      >`;
    const name = this.app.session.session.get()?.user.name.split(' ')[0] ?? '';
    return html`<h1 class="h1">Welcome, ${name}</h1>
      <p class="sub t2 hello">
        A flow moves data between systems, step by step, and survives restarts. Begin where you like.
      </p>
      <div class="firsts">
        <button type="button" class="card first" @click=${() => createFlow(this.app)}>
          ${icon('workflow', 20)}<span class="h2">Build a flow</span
          ><span class="t2">An empty canvas with a trigger. Name it when you know what it does.</span>
        </button>
        ${card('/app/marketplace', 'store', ['Find a connector', 'See what you can talk to, and what each one can do.'])}
        ${card('/app/flows?import=1', 'upload', ['Import a flow', 'From a JSON or YAML file of another Patchbay.'])}
      </div>`;
  }

  private renderFilled(data: HomeData): TemplateResult {
    const isFirstDay = data.flowCount === 0 && data.stats.liveFlows === 0 && data.running.length === 0;
    if (isFirstDay) return this.renderFirstDay();
    return html`${this.renderHead(statusSentence(data.stats))}${this.renderPulse(data)}
      <div class="cols">
        <div>
          ${this.renderNeeds(data)}
          <section>
            <div class="sec-h">
              <h2 class="h2">Last edited</h2>
              <a class="end" href="/app/flows">All flows</a>
            </div>
            <pb-table
              label="Flows edited last"
              .columns=${this.columns}
              .rows=${data.flows}
              .keyOf=${(flow: FlowRow) => flow.id}
            ></pb-table>
          </section>
        </div>
        <aside class="side" aria-label="Start and running">${this.renderStart()}${this.renderRunning(data)}</aside>
      </div>`;
  }

  protected override render(): TemplateResult {
    const skeleton = html`<h1 class="vh">Home</h1>
      <pb-skeleton shape="text" count="2"></pb-skeleton><pb-skeleton></pb-skeleton>`;
    return html`<div class="page-in">
      ${this.load.error ? html`<h1 class="vh">Home</h1>` : nothing}
      ${renderLoaded(this.load, { subject: 'Home', skeleton, complete: (data) => this.renderFilled(data) })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-home-screen': PbHomeScreen;
  }
}
