import { Task } from '@lit/task';
import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Rows } from '../../api/rows.ts';
import { openImportDialog } from '../../builder/import/open-import-dialog.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PagedScreen } from '../../shell/paged-screen.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { cardStyles } from '../../ui/card/card-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { runCardAction } from './connector-actions.ts';
import { countConnectors, findConnectors, orders, pageSize, shows } from './connector-queries.ts';
import { connectorsStyles } from './connectors.styles.ts';
import { myConnectorCard } from './my-connector-card.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import '../../ui/menu/menu.ts';
import '../../ui/search/search.ts';
import '../../ui/segmented/segmented.ts';

/**
 * @summary The connectors of the tenant as cards: find, make, import, and what each may become.
 */
@customElement('pb-connectors-screen')
export class PbConnectorsScreen extends PagedScreen {
  static override styles = [baseStyles, cardStyles, connectorsStyles];

  private readonly load = new Task(this, {
    task: ([text, show, sort, from], { signal }): Promise<Rows<ConnectorSummary>> =>
      findConnectors(this.app.api, { text, show, sort, from }, signal),
    args: () =>
      [
        ...([this.query('q'), this.query('show'), this.query('sort'), this.from] as const),
        this.app.connection.returned.get(),
      ] as const,
  });

  private readonly counts = new Task(this, {
    task: ([text], { signal }) => countConnectors(this.app.api, text, signal),
    args: () => [this.query('q'), this.app.connection.returned.get()] as const,
  });

  private async act(command: string, connector: ConnectorSummary): Promise<void> {
    if (!(await runCardAction(this.app, command, connector))) return;
    await Promise.all([this.load.run(), this.counts.run()]);
  }

  private async importDescription(): Promise<void> {
    const done = await openImportDialog(this.app);
    if (done !== undefined) this.app.router.navigate(`/connectors/${done.id}/operations`);
  }

  private renderMakers(isSlotted = false): TemplateResult {
    const slot = isSlotted ? 'actions' : nothing;
    return html`<pb-button slot=${slot} icon="file-code-2" @click=${() => void this.importDescription()}
        >Import OpenAPI</pb-button
      ><pb-button slot=${slot} variant="primary" icon="plus" href="/app/connectors/new">Create New</pb-button>`;
  }

  private renderHead(): TemplateResult {
    const { session } = this.app;
    return html`<div class="page-head">
      <div class="grow">
        <h1 class="h1">Connectors</h1>
        <p class="sub">
          Made by ${session.session.get()?.tenant.name ?? 'you'}. All that can be used are in the
          <a href="/app/marketplace">Marketplace</a>.
        </p>
      </div>
      ${session.canAuthor() ? this.renderMakers() : nothing}
    </div>`;
  }

  /** Why nothing can be made here, for those whose role would allow it (ZO-01, DI-01). */
  private renderExplanation(): TemplateResult | typeof nothing {
    const { user, tenant } = this.app.session.session.get() ?? {};
    if (user?.role !== 'enterprise_admin' || tenant === undefined || this.app.session.canAuthor()) return nothing;
    const why = tenant.features.custom_connectors
      ? html`<b class="medium">Making connectors is switched off for ${tenant.name}.</b> A platform administrator can
          switch SDK access on. What is published keeps working.`
      : html`<b class="medium">Custom connectors are not part of this edition.</b> Built-in connectors work as before.
          Ask a platform administrator for the edition with custom ones.`;
    return html`<div class="note explain" role="note">${icon('info')}<span>${why}</span></div>`;
  }

  private renderFilters(): TemplateResult {
    const { router } = this.app;
    const counts = this.counts.value;
    const sort = this.query('sort') || orders[0].id;
    return html`<div class="filters">
      <pb-search
        label="Find a connector"
        placeholder="Name or slug"
        .value=${this.query('q')}
        @pb-search=${(event: CustomEvent<string>) => {
          router.setQuery({ q: event.detail, from: undefined });
        }}
      ></pb-search>
      <pb-segmented
        label="Which connectors"
        tall
        .value=${this.query('show')}
        .items=${shows.map(({ value, label }) => ({ value, label, count: counts?.get(value) ?? 0, isQuiet: true }))}
        @pb-change=${(event: CustomEvent<string>) => {
          router.setQuery({ show: event.detail, from: undefined });
        }}
      ></pb-segmented>
      <pb-menu
        class="end"
        label=${orders.find(({ id }) => id === sort)?.label ?? 'Order'}
        .items=${orders.map((order) => ({ ...order, checked: order.id === sort }))}
        @pb-menu-select=${(event: CustomEvent<string>) => {
          router.setQuery({ sort: event.detail === orders[0].id ? undefined : event.detail, from: undefined });
        }}
      ></pb-menu>
    </div>`;
  }

  private renderEmpty(): TemplateResult {
    const isFiltered = this.query('q') !== '' || this.query('show') !== '';
    if (isFiltered) {
      return html`<pb-empty heading="No connector fits" drawing="search">
        <pb-button slot="actions" href="/app/connectors">Show all connectors</pb-button>
      </pb-empty>`;
    }
    return html`<pb-empty heading="No connectors yet" drawing="connections">
      A connector teaches Patchbay an API: how to sign in, and what it can do. Flows use its operations as steps.
      ${
        this.app.session.canAuthor()
          ? this.renderMakers(true)
          : html`<pb-button slot="actions" href="/app/marketplace">Open the Marketplace</pb-button>`
      }
    </pb-empty>`;
  }

  private renderCards({ rows, total }: Rows<ConnectorSummary>): TemplateResult {
    if (rows.length === 0) return this.renderEmpty();
    return html`<ul class="cards">
        ${repeat(
          rows,
          ({ id }) => id,
          (connector) =>
            html`<li>${myConnectorCard(connector, (command, subject) => void this.act(command, subject))}</li>`,
        )}
        ${
          this.app.session.canAuthor()
            ? html`<li>
                <a class="another" href="/app/connectors/new"
                  >${icon('blocks', 20)}<span class="medium">Make another one</span
                  ><span class="t2">From an OpenAPI file, or step by step</span></a
                >
              </li>`
            : nothing
        }
      </ul>
      ${total > pageSize ? this.renderPager({ noun: 'connectors', size: pageSize, total }) : nothing}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in page-wide">
      ${this.renderHead()}${this.renderExplanation()}${this.renderFilters()}
      ${renderLoaded(this.load, {
        subject: 'Connectors',
        skeleton: html`<pb-skeleton shape="cards" count="6"></pb-skeleton>`,
        complete: (rows) => this.renderCards(rows),
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connectors-screen': PbConnectorsScreen;
  }
}
