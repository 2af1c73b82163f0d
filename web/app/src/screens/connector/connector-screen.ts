import { Task } from '@lit/task';
import { AppError } from '@patchbay/errors';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { showReferences } from '../../connector-dialogs/connector-commands.ts';
import { lifecyclePath } from '../../connector-lifecycle/version-list.ts';
import { plural } from '../../format/numbers.ts';
import { authWord, runtimeWord } from '../../format/words.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { connectorLook } from '../../ui/tile/connector-look.ts';
import { tile } from '../../ui/tile/tile.ts';
import {
  type ListedConnector,
  renderNeeds,
  renderOperation,
  renderResilience,
  renderVersions,
} from './connector-parts.ts';
import { connectorStyles } from './connector.styles.ts';
import { renderProcessors } from './data-processors.ts';
import '../../ui/button/button.ts';
import '../../ui/markdown/markdown.ts';
import '../../ui/tabs/tabs.ts';

/**
 * @summary The page of a connector: its guide, operations with schemas, versions, resilience; connect it, use it.
 */
@customElement('pb-connector-screen')
export class PbConnectorScreen extends ScreenElement {
  static override styles = [baseStyles, connectorStyles];

  @property() slug = '';

  private readonly load = new Task(this, {
    task: async ([slug], { signal }): Promise<ListedConnector> => {
      const connector = (await this.app.api.call('getMarketplaceListing', { params: { id: slug }, signal }))._source;
      this.app.setTitle(connector.name);
      if (connector.manifest === undefined) throw new AppError('connector_not_ready');
      return { ...connector, manifest: connector.manifest };
    },
    args: () => [this.slug, this.app.connection.returned.get()] as const,
  });

  private async useInFlow(connector: ListedConnector): Promise<void> {
    const { api, router, toasts } = this.app;
    try {
      const { _id } = await api.call('createFlow', { body: {} });
      router.navigate(`/flows/${_id}?find=${encodeURIComponent(connector.name)}`);
    } catch (error) {
      toasts.showProblem(error);
    }
  }

  /** Those who may change it go to the builder; what cannot be changed any more gets a new version. */
  private renderOwn({ id, owned, builtin, actions }: ListedConnector): TemplateResult | typeof nothing {
    const life =
      owned && !builtin
        ? html`<pb-button icon="history" href="/app${lifecyclePath(id)}">Lifecycle</pb-button>`
        : nothing;
    if (actions['edit']?.allowed) {
      return html`${life}<pb-button icon="pencil" href="/app/connectors/${id}/overview">Edit in builder</pb-button>`;
    }
    if (!actions['new_version']?.allowed) return life;
    return html`${life}<pb-button icon="copy" @click=${() => void this.startVersion(id)}
        >New custom version</pb-button
      >`;
  }

  private async startVersion(id: string): Promise<void> {
    const { api, router, toasts } = this.app;
    try {
      const { version } = await api.call('createConnectorVersion', { params: { id }, body: {} });
      toasts.show(`Version ${version} is a draft now. What is published stays as it is.`);
      router.navigate(`/connectors/${id}/overview`);
    } catch (error) {
      toasts.showProblem(error);
    }
  }

  private renderHead(connector: ListedConnector): TemplateResult {
    const { slug, name, description, stage, visibility, enabled, vendor, category, authTypes } = connector;
    // What ends or is stopped takes nothing new (requirements 4.2).
    const isOpen = enabled && ['ready', 'pre_released', 'published'].includes(stage);
    const needsConnection = isOpen && authTypes.some((type) => type !== 'none');
    return html`<div class="crumb small">
        <a href="/app/marketplace">Marketplace</a><span class="sep">/</span><span class="t2 cut">${name}</span>
      </div>
      <div class="head">
        ${tile(connectorLook(connector), 56)}
        <div class="grow">
          <div class="row">
            <h1 class="h1">${name}</h1>
            ${badge('stage', stage)}
            ${visibility === 'enterprise' ? html`<span class="tag">${icon('lock', 12)}Only your tenant</span>` : nothing}
            ${enabled ? nothing : html`<span class="tag">Disabled</span>`}
          </div>
          <p class="t2">${description} By ${vendor}${category === '' ? '' : `, in ${category}`}.</p>
        </div>
        ${this.renderOwn(connector)}
        ${
          this.app.session.canEdit()
            ? html`${
                  needsConnection
                    ? html`<pb-button icon="cable" href="/app/connections/new?connector=${slug}"
                        >Create connection</pb-button
                      >`
                    : nothing
                }
                <pb-button variant="primary" icon="plus" ?disabled=${!isOpen} @click=${() => this.useInFlow(connector)}
                  >Use in a flow</pb-button
                >`
            : nothing
        }
      </div>`;
  }

  private renderTabs(connector: ListedConnector, tab: string): TemplateResult {
    const href = (id: string): string => `/app/marketplace/${connector.slug}?tab=${id}`;
    return html`<pb-tabs
      label="About ${connector.name}"
      .value=${tab}
      .items=${[
        { id: 'overview', label: 'Overview', href: `/app/marketplace/${connector.slug}` },
        {
          id: 'operations',
          label: 'Operations',
          count: connector.manifest.operations.length,
          href: href('operations'),
        },
        { id: 'versions', label: 'Versions', count: connector.versions.length, href: href('versions') },
        { id: 'resilience', label: 'Resilience', href: href('resilience') },
      ]}
    ></pb-tabs>`;
  }

  private renderOperations(connector: ListedConnector): TemplateResult {
    const { manifest } = connector;
    const wanted = this.query('operation');
    return html`<div class="column-heads" aria-hidden="true">
        <span></span><span>Operation</span><span class="path">Path</span><span>Safe to repeat</span>
      </div>
      ${manifest.operations.map((operation) => renderOperation(operation, operation.name === wanted))}
      ${renderProcessors(connector)}`;
  }

  private renderTab(connector: ListedConnector, tab: string): TemplateResult {
    const { manifest } = connector;
    if (tab === 'operations') return this.renderOperations(connector);
    if (tab === 'versions')
      return html`<h2 class="vh">Versions</h2>
        ${renderVersions(connector)}`;
    if (tab === 'resilience') {
      return html`<h2 class="h2">When the other side is slow or fails</h2>
        <p class="t2">What every step starts with; a step may set its own under Errors &amp; retry.</p>
        <br />${renderResilience(manifest.resilience)}`;
    }
    return html`<h2 class="vh">Overview</h2>
      ${renderNeeds(connector)}
      ${
        manifest.docs === ''
          ? html`<p class="t2">${connector.description}</p>`
          : html`<pb-markdown .source=${manifest.docs}></pb-markdown>`
      }`;
  }

  private renderSide(connector: ListedConnector): TemplateResult {
    const { manifest, authTypes } = connector;
    const { hosts, isUserProvided } = manifest.egress;
    return html`<aside class="side" aria-label="Facts">
      <section>
        <h2 class="h3">About</h2>
        <dl class="facts">
          <dt>Version</dt>
          <dd class="num">${connector.version}</dd>
          <dt>Sign-in</dt>
          <dd>${authTypes.map(authWord).join(', ')}</dd>
          <dt>Limits</dt>
          <dd class="num">${manifest.resilience.rateLimitPerMinute} calls / min</dd>
          <dt>Talks to</dt>
          <dd>
            ${isUserProvided ? 'the address you give' : hosts.length === 0 ? 'nobody outside' : hosts.map((host) => html`<code>${host}</code> `)}
          </dd>
          <dt>Runs as</dt>
          <dd>${runtimeWord(manifest.runtime)}</dd>
          <dt>Used in</dt>
          <dd>${this.renderUsage(connector)}</dd>
          ${
            connector.documentation_url === undefined
              ? nothing
              : html`<dt>Documentation</dt>
                  <dd>
                    <a href=${connector.documentation_url} target="_blank" rel="noopener noreferrer"
                      >API of ${connector.name}</a
                    >
                  </dd>`
          }
          <dt>License</dt>
          <dd>${manifest.license}</dd>
        </dl>
      </section>
    </aside>`;
  }

  private renderUsage(connector: ListedConnector): unknown {
    const { usedByCount, connection_count: connections } = connector;
    const words = [
      ...(usedByCount === 0 ? [] : [plural(usedByCount, 'flow')]),
      ...(connections === 0 ? [] : [plural(connections, 'connection')]),
    ].join(', ');
    if (words === '') return 'no flow yet';
    return html`<button class="btn btn-link" type="button" @click=${() => void showReferences(this.app, connector)}>
      ${words}
    </button>`;
  }

  private renderConnector(connector: ListedConnector): TemplateResult {
    const tab = this.query('tab') || 'overview';
    return html`${this.renderHead(connector)}${deprecationBanner(connector)}${this.renderTabs(connector, tab)}
      <div class="grid">
        <div>${this.renderTab(connector, tab)}</div>
        ${this.renderSide(connector)}
      </div>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in">
      ${this.load.value === undefined ? html`<h1 class="vh">Connector</h1>` : nothing}
      ${renderLoaded(this.load, {
        subject: 'The connector',
        skeleton: html`<pb-skeleton shape="text" count="5"></pb-skeleton>`,
        complete: (connector) => this.renderConnector(connector),
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connector-screen': PbConnectorScreen;
  }
}
