import { Task } from '@lit/task';
import type { FlowSummary } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { plural } from '../../format/numbers.ts';
import { exactTime, timeAgo } from '../../format/time.ts';
import { triggerLook } from '../../format/words.ts';
import { PollController } from '../../shell/loading/poll-controller.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PagedScreen } from '../../shell/paged-screen.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { sparkline } from '../../ui/histogram/histogram.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import type { Column } from '../../ui/table/table.ts';
import { tile } from '../../ui/tile/tile.ts';
import { createFlow, deleteFlow, downloadFlow, duplicateFlow, setFlowEnabled } from './flow-actions.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import '../../ui/menu/menu.ts';
import '../../ui/search/search.ts';
import '../../ui/segmented/segmented.ts';
import '../../ui/table/table.ts';
import './import-dialog.ts';

const pageSize = 25;
const refreshMs = 15_000;

const states = [
  { value: '', label: 'All' },
  { value: 'live,live_with_changes', label: 'Live' },
  { value: 'draft', label: 'Draft' },
  { value: 'off', label: 'Off' },
];

/**
 * @summary All flows of the tenant: state, trigger, the last 14 days, and what can be done with each.
 */
@customElement('pb-flows-screen')
export class PbFlowsScreen extends PagedScreen {
  static override styles = [baseStyles];

  private readonly load = new Task(this, {
    task: async ([query, state, sort, from], { signal }): Promise<Rows<FlowSummary>> =>
      rowsOf(await this.app.api.call('searchFlows', { query: { query, state, sort, from, size: pageSize }, signal })),
    args: () =>
      [
        this.query('q'),
        this.query('state'),
        this.query('sort') || '-updated',
        this.from,
        this.app.connection.returned.get(),
      ] as const,
  });
  private readonly poll = new PollController(this, refreshMs, () => void this.load.run());

  private async act(flow: FlowSummary, action: string): Promise<void> {
    const { app } = this;
    const actions: Readonly<Record<string, () => Promise<void> | void>> = {
      open: () => app.router.navigate(`/flows/${flow.id}`),
      manage: () => app.router.navigate(`/flows/${flow.id}/overview`),
      runs: () => app.router.navigate(`/runs?flow=${flow.id}`),
      json: () => downloadFlow(app, flow, 'json'),
      yaml: () => downloadFlow(app, flow, 'yaml'),
      duplicate: async () => app.router.navigate(`/flows/${await duplicateFlow(app, flow)}`),
      enable: () => setFlowEnabled(app, flow, true),
      disable: () => setFlowEnabled(app, flow, false),
      delete: () => deleteFlow(app, flow),
    };
    try {
      await actions[action]?.();
      await this.load.run();
    } catch (error) {
      app.toasts.showProblem(error);
    }
  }

  private actionsOf(flow: FlowSummary): MenuItem[] {
    const reading: MenuItem[] = [
      { id: 'open', label: 'Open', icon: 'workflow' },
      { id: 'manage', label: 'Manage', icon: 'settings' },
      { id: 'runs', label: 'Show runs', icon: 'activity' },
      { id: 'json', label: 'Export as JSON', icon: 'download', hasLineAbove: true },
      { id: 'yaml', label: 'Export as YAML', icon: 'download' },
    ];
    if (!this.app.session.canEdit()) return reading;
    const isOff = flow.state === 'off';
    return [
      ...reading,
      { id: 'duplicate', label: 'Duplicate', icon: 'copy', hasLineAbove: true },
      isOff
        ? { id: 'enable', label: 'Enable', icon: 'power' }
        : { id: 'disable', label: 'Disable', icon: 'power-off', disabled: flow.publishedVersion === undefined },
      { id: 'delete', label: 'Delete', icon: 'trash-2', isDanger: true, hasLineAbove: true },
    ];
  }

  private renderLastRun(flow: FlowSummary): TemplateResult {
    const { lastRun } = flow;
    if (lastRun === undefined) return html`<span class="t3">never</span>`;
    return html`<span class="row"
      >${badge('run', lastRun.state, { isPlain: true })}<a
        href="/app/runs/${lastRun.id}"
        title=${exactTime(lastRun.started)}
        >${timeAgo(lastRun.started)}</a
      ></span
    >`;
  }

  private readonly columns: Column<FlowSummary>[] = [
    {
      id: 'name',
      label: 'Flow',
      sort: 'name',
      render: (flow) =>
        html`<span class="row"
          >${tile({ icon: triggerLook(flow.triggerKind).icon }, 24)}<a class="main cut" href="/app/flows/${flow.id}"
            >${flow.name}</a
          ></span
        >`,
    },
    { id: 'state', label: 'State', render: (flow) => badge('flow', flow.state) },
    { id: 'trigger', label: 'Trigger', isMinor: true, render: (flow) => triggerLook(flow.triggerKind).word },
    {
      id: 'steps',
      label: 'Steps',
      align: 'end',
      isMinor: true,
      render: (flow) => html`<span class="num">${flow.stepCount}</span>`,
    },
    {
      id: 'history',
      label: '14 days',
      render: (flow) => (flow.history.length > 0 ? sparkline(flow.history) : nothing),
    },
    { id: 'last', label: 'Last run', render: (flow) => this.renderLastRun(flow) },
    {
      id: 'updated',
      label: 'Updated',
      sort: 'updated',
      align: 'end',
      render: (flow) => html`<span title=${exactTime(flow.updated)}>${timeAgo(flow.updated)}</span>`,
    },
    {
      id: 'actions',
      label: '',
      align: 'end',
      render: (flow) =>
        html`<pb-menu
          size="tiny"
          icon="ellipsis"
          label="Actions for ${flow.name}"
          .items=${this.actionsOf(flow)}
          @pb-menu-select=${(event: CustomEvent<string>) => void this.act(flow, event.detail)}
        ></pb-menu>`,
    },
  ];

  private renderHead(total: number | undefined): TemplateResult {
    const { router, session } = this.app;
    return html`<div class="page-head">
      <div class="grow">
        <h1 class="h1">Flows</h1>
        <p class="sub">${total === undefined ? '\u00a0' : plural(total, 'flow')}</p>
      </div>
      ${
        session.canEdit()
          ? html`<pb-button
                icon="upload"
                @click=${() => {
                  router.setQuery({ import: '1' });
                }}
                >Import</pb-button
              >
              <pb-button variant="primary" icon="plus" @click=${() => createFlow(this.app)}>New flow</pb-button>`
          : nothing
      }
    </div>`;
  }

  private renderFilters(): TemplateResult {
    const { router } = this.app;
    return html`<div class="filters">
      <pb-search
        label="Find a flow"
        placeholder="Name or connector"
        .value=${this.query('q')}
        @pb-search=${(event: CustomEvent<string>) => {
          router.setQuery({ q: event.detail, from: undefined });
        }}
      ></pb-search>
      <pb-segmented
        label="State"
        tall
        .value=${this.query('state')}
        .items=${states}
        @pb-change=${(event: CustomEvent<string>) => {
          router.setQuery({ state: event.detail, from: undefined });
        }}
      ></pb-segmented>
    </div>`;
  }

  private renderEmpty(): TemplateResult {
    const { router } = this.app;
    if (this.query('q') !== '' || this.query('state') !== '') {
      return html`<pb-empty heading="No flow fits" drawing="search">
        Nothing has this name or state.
        <pb-button
          slot="actions"
          @click=${() => {
            router.setQuery({ q: undefined, state: undefined, from: undefined });
          }}
          >Show all flows</pb-button
        >
      </pb-empty>`;
    }
    return html`<pb-empty heading="No flows yet" drawing="flows">
      A flow moves data between systems, and survives restarts.
      ${
        this.app.session.canEdit()
          ? html`<pb-button slot="actions" icon="plus" @click=${() => createFlow(this.app)}>Build a flow</pb-button>`
          : nothing
      }
    </pb-empty>`;
  }

  private renderRows({ rows, total }: Rows<FlowSummary>): TemplateResult {
    const { router } = this.app;
    if (rows.length === 0) return this.renderEmpty();
    return html`<pb-table
        label="Flows"
        .columns=${this.columns}
        .rows=${rows}
        .keyOf=${(flow: FlowSummary) => flow.id}
        .isMuted=${(flow: FlowSummary) => flow.state === 'off'}
        .sort=${this.query('sort') || '-updated'}
        @pb-sort-change=${(event: CustomEvent<string>) => {
          router.setQuery({ sort: event.detail, from: undefined });
        }}
      ></pb-table>
      ${this.renderPager({ noun: 'flows', size: pageSize, total })}`;
  }

  protected override render(): TemplateResult {
    const { router } = this.app;
    return html`<div class="page-in page-wide">
      ${this.renderHead(this.load.value?.total)}${this.renderFilters()}
      ${renderLoaded(this.load, { subject: 'Flows', complete: (rows) => this.renderRows(rows) })}
      <pb-import-dialog
        ?open=${this.query('import') !== ''}
        @pb-dialog-close=${() => {
          router.setQuery({ import: undefined });
        }}
        @pb-import-done=${(event: CustomEvent<string>) => {
          router.navigate(`/flows/${event.detail}`);
        }}
      ></pb-import-dialog>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flows-screen': PbFlowsScreen;
  }
}
