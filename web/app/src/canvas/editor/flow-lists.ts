import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { rowsOf } from '../../api/rows.ts';
import { formatDuration, formatInstant } from '../../run-view/durations.ts';
import { PollController } from '../../shell/loading/poll-controller.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import type { FlowSession } from './flow-session.ts';
import '../../ui/empty/empty.ts';

/**
 * @summary The tabs Runs and Versions of a flow.
 */
@customElement('pb-flow-lists')
export class PbFlowLists extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        overflow: auto;
        background: var(--surface);
        scrollbar-width: thin;
      }
      .page-in {
        max-width: 1100px;
      }
    `,
  ];

  @property({ attribute: false }) session!: FlowSession;
  @property() list: 'runs' | 'versions' = 'runs';

  private readonly runs = new Task(this, {
    task: async ([list, id], { signal }) =>
      list === 'runs'
        ? rowsOf(await this.app.api.call('searchRuns', { query: { flowId: id, size: 50 }, signal })).rows
        : [],
    args: () => [this.list, this.session.id] as const,
  });

  private readonly versions = new Task(this, {
    task: async ([list, id], { signal }) =>
      list === 'versions'
        ? rowsOf(await this.app.api.call('searchFlowVersions', { params: { id }, query: { size: 100 }, signal })).rows
        : [],
    args: () => [this.list, this.session.id] as const,
  });

  readonly poll = new PollController(this, 3_000, () => {
    if (this.list === 'runs') void this.runs.run();
  });

  private renderRuns(): unknown {
    return renderLoaded(this.runs, {
      subject: 'Runs',
      complete: (rows) =>
        rows.length === 0
          ? html`<pb-empty heading="No runs yet" drawing="runs"
              >Test runs and runs of the live version appear here as they start.</pb-empty
            >`
          : html`<table class="table">
              <thead>
                <tr>
                  <th class="first">State</th>
                  <th>Started</th>
                  <th>Version</th>
                  <th>Started by</th>
                  <th>Cause</th>
                  <th class="r last">Duration</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (run) =>
                    html`<tr>
                      <td class="first">${badge('run', run.state, { isPlain: true })}</td>
                      <td><a href="/app/runs/${run.id}">${formatInstant(run.started)}</a></td>
                      <td>
                        ${run.flowVersion === undefined ? html`<span class="t3">draft, test</span>` : html`v${run.flowVersion}`}
                      </td>
                      <td>${run.triggerKind}</td>
                      <td class="cut" style="max-width:360px">
                        ${run.error === undefined ? nothing : html`${run.failedStep ?? ''}: ${run.error.message}`}
                      </td>
                      <td class="r last num">
                        ${run.durationMs === undefined ? nothing : formatDuration(run.durationMs)}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>`,
    });
  }

  private renderVersions(): unknown {
    return renderLoaded(this.versions, {
      subject: 'Versions',
      complete: (rows) =>
        rows.length === 0
          ? html`<pb-empty heading="Not published yet" drawing="flows"
              >Publish the draft and its first version appears here.</pb-empty
            >`
          : html`<table class="table">
              <thead>
                <tr>
                  <th class="first">Version</th>
                  <th>What changed</th>
                  <th>Published</th>
                  <th class="last">By</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (version) =>
                    html`<tr>
                      <td class="first">v${version.number} ${version.isLive ? badge('flow', 'live') : nothing}</td>
                      <td>${version.note === '' ? html`<span class="t3">No note</span>` : version.note}</td>
                      <td class="num">${formatInstant(version.published)}</td>
                      <td class="last">${version.publishedBy}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`,
    });
  }

  protected override render(): TemplateResult {
    const title = this.list === 'runs' ? 'Runs of this flow' : 'Versions';
    return html`<div class="page-in">
      <div class="page-head"><h2 class="h1">${title}</h2></div>
      ${this.list === 'runs' ? this.renderRuns() : this.renderVersions()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-lists': PbFlowLists;
  }
}
