import { Task } from '@lit/task';
import type { Connector, ConnectorVersionView } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { rowsOf } from '../api/rows.ts';
import { disableConnector, enableConnector, showReferences } from '../connector-dialogs/connector-commands.ts';
import { renderLoaded } from '../shell/loading/render-loaded.ts';
import { ScreenElement } from '../shell/screen-element.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { deprecationBanner } from '../ui/deprecation/deprecation.ts';
import { icon } from '../ui/icon/icon.ts';
import { connectorLook } from '../ui/tile/connector-look.ts';
import { tile } from '../ui/tile/tile.ts';
import { lifecycleEntries } from './lifecycle-actions.ts';
import { runLifecycle } from './lifecycle-commands.ts';
import {
  renderEntry,
  renderFacts,
  renderHistory,
  renderStageLine,
  renderUse,
  type LifecycleFacts,
} from './lifecycle-parts.ts';
import { lifecycleStyles } from './lifecycle-styles.ts';
import { lifecyclePath, renderVersions, versionListStyles } from './version-list.ts';
import '../ui/select/select.ts';

/** Entries of the history on the page; all of them are in the audit log. */
const historySize = 50;

/**
 * @summary The life of a connector: choose a version, see where it stands, do what is possible now, and who did what before.
 */
@customElement('pb-connector-lifecycle')
export class PbConnectorLifecycle extends ScreenElement {
  static override styles = [baseStyles, versionListStyles, lifecycleStyles];

  @property() connectorId = '';

  private readonly load = new Task(this, {
    task: async ([id, wanted], { signal }): Promise<LifecycleFacts> => {
      const { api, session } = this.app;
      const connector = (await api.call('getConnector', { params: { id }, signal }))._source;
      this.app.setTitle(`${connector.name}: Lifecycle`);
      const { version } = chosenOf(connector, wanted) ?? connector;
      const audit = { target: connector.id, size: historySize };
      const [references, history] = await Promise.all([
        api.call('getConnectorReferences', { params: { id: connector.id }, query: { version }, signal }),
        session.canAdminister() ? api.call('searchAudit', { query: audit, signal }) : undefined,
      ]);
      return { connector, references, history: history && rowsOf(history).rows };
    },
    args: () => [this.connectorId, this.query('version'), this.app.connection.returned.get()] as const,
  });

  private async run(action: string, connector: Connector, version: string): Promise<void> {
    if (action === 'publish') {
      this.app.router.navigate(`/connectors/${connector.id}/publish`);
      return;
    }
    const { app } = this;
    await runLifecycle(action, { app, connector, version: { version }, refresh: () => this.load.run() });
  }

  /** A command of the whole connector; a refusal becomes a toast. */
  private async command(work: () => Promise<boolean>): Promise<void> {
    try {
      if (await work()) await this.load.run();
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  private renderHead(connector: Connector): TemplateResult {
    const { id, name, slug, stage, enabled } = connector;
    return html`<div class="crumb small">
        <a href="/app/connectors">Connectors</a><span class="sep">/</span
        ><a class="cut" href="/app/connectors/${id}/overview">${name}</a><span class="sep">/</span
        ><span>Lifecycle</span>
      </div>
      <div class="page-head">
        ${tile(connectorLook(connector), 40)}
        <div class="grow">
          <h1 class="h1">Lifecycle of ${name}</h1>
          <p class="row sub">
            <span class="key">${slug}</span
            >${enabled ? nothing : html`<span class="tag">${icon('power-off', 12)}Disabled</span>`}
          </p>
        </div>
        ${stage === 'draft' ? nothing : html`<pb-button icon="store" href="/app/marketplace/${slug}">Show in the marketplace</pb-button>`}
        <pb-button icon="square-pen" href="/app/connectors/${id}/overview">Open in builder</pb-button>
      </div>`;
  }

  private renderChoice({ id, versions }: Connector, chosen: ConnectorVersionView): TemplateResult {
    return html`<pb-select
      class="choose"
      label="Version"
      .options=${versions.map(({ version, stage }) => ({ value: version, label: `${version} · ${stage.replace('_', '-')}` }))}
      .value=${chosen.version}
      @pb-change=${(event: CustomEvent<string>) => {
        this.app.router.navigate(lifecyclePath(id, event.detail));
      }}
    ></pb-select>`;
  }

  private renderActions(connector: Connector, chosen: ConnectorVersionView): TemplateResult {
    const entries = lifecycleEntries(chosen);
    const run = (action: string): void => void this.run(action, connector, chosen.version);
    const [possible, refused] = [true, false].map((isPossible) =>
      entries.filter(({ refusal }) => (refusal === undefined) === isPossible),
    );
    return html`<section class="sect" aria-labelledby="actions">
      <header class="row"><h2 class="h2" id="actions">What can be done with ${chosen.version}</h2></header>
      ${possible?.length === 0 ? html`<p class="t2">Nothing now; see why below.</p>` : nothing}
      <ul>
        ${possible?.map((entry) => renderEntry(entry, run))}
      </ul>
      ${
        refused === undefined || refused.length === 0
          ? nothing
          : html`<h3 class="over not-now" id="not-now">Not now</h3>
              <ul class="refused" aria-labelledby="not-now">
                ${refused.map((entry) => renderEntry(entry, run))}
              </ul>`
      }
    </section>`;
  }

  private renderSwitch(connector: Connector): TemplateResult | typeof nothing {
    const { enabled, actions } = connector;
    const { allowed = false, reason } = actions[enabled ? 'disable' : 'enable'] ?? {};
    const work = enabled ? disableConnector : enableConnector;
    return html`<p class="t2">
        ${enabled ? 'Enabled: what is ready or published works.' : 'Disabled: no version works.'}
      </p>
      <p>
        <pb-button
          size="small"
          icon=${enabled ? 'power-off' : 'power'}
          ?disabled=${!allowed}
          @click=${() => this.command(() => work(this.app, connector))}
          >${enabled ? 'Disable…' : 'Enable'}</pb-button
        >
      </p>
      ${allowed || reason === undefined ? nothing : html`<p class="small t2">${icon('lock', 12)} ${reason}</p>`}`;
  }

  private renderSide({ connector, references }: LifecycleFacts, chosen: ConnectorVersionView): TemplateResult {
    return html`<aside class="card" aria-label="About ${chosen.version}">
      <section class="card-in" aria-labelledby="facts">
        <h2 class="h2" id="facts">About ${chosen.version}</h2>
        ${renderFacts(chosen)}
      </section>
      <section class="card-in" aria-labelledby="use">
        <h2 class="h2" id="use">Where ${chosen.version} is used</h2>
        ${renderUse(references, () => void this.command(() => showReferences(this.app, connector)))}
      </section>
      <section class="card-in" aria-labelledby="switch">
        <h2 class="h2" id="switch">The whole connector</h2>
        ${this.renderSwitch(connector)}
      </section>
    </aside>`;
  }

  private renderLife(facts: LifecycleFacts): TemplateResult {
    const { connector } = facts;
    const chosen = chosenOf(connector, this.query('version'));
    if (chosen === undefined) return html`${this.renderHead(connector)}`;
    const run = (action: string, version: string): void => void this.run(action, connector, version);
    return html`${this.renderHead(connector)}${this.renderChoice(connector, chosen)}
      ${deprecationBanner(chosen)}${renderStageLine(chosen, facts)}
      <div class="cols">
        <div class="main-col">
          ${this.renderActions(connector, chosen)}
          ${renderVersions(connector, { run, chosen: chosen.version })}${renderHistory(facts)}
        </div>
        ${this.renderSide(facts, chosen)}
      </div>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in">
      ${this.load.value === undefined ? html`<h1 class="vh">Lifecycle</h1>` : nothing}
      ${renderLoaded(this.load, {
        subject: 'The connector',
        skeleton: html`<pb-skeleton shape="text" count="6"></pb-skeleton>`,
        complete: (facts) => this.renderLife(facts),
      })}
    </div>`;
  }
}

/** The version of the address, else the head. */
function chosenOf({ versions, version }: Connector, wanted: string): ConnectorVersionView | undefined {
  return (
    versions.find((each) => each.version === wanted) ?? versions.find((each) => each.version === version) ?? versions[0]
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connector-lifecycle': PbConnectorLifecycle;
  }
}
