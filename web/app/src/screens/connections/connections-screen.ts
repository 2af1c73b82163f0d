import { Task } from '@lit/task';
import type { Connection } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { testConnection } from '../../connections/save-connection.ts';
import { plural } from '../../format/numbers.ts';
import { exactTime, timeAgo } from '../../format/time.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import type { Column } from '../../ui/table/table.ts';
import { tile } from '../../ui/tile/tile.ts';
import { needsAttention } from '../home/home-data.ts';
import { deleteConnection, deprecatedVersions, setConnectionEnabled } from './connection-actions.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import '../../ui/menu/menu.ts';
import '../../ui/search/search.ts';
import '../../ui/segmented/segmented.ts';
import '../../ui/table/table.ts';

const listSize = 200;

/**
 * @summary The connections of the tenant: who they sign in as, whether they work, which flows use them.
 */
@customElement('pb-connections-screen')
export class PbConnectionsScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      .deprecation {
        margin-bottom: 20px;
      }
      .deprecation a {
        text-decoration: underline;
      }
      pb-table {
        --pb-row: 48px;
      }
      .banner {
        border: 1px solid var(--warning-line);
        border-radius: 8px;
        margin-bottom: 20px;
        padding: 8px 12px 8px 14px;
        background: color-mix(in srgb, var(--warning-tint) 55%, var(--surface));
      }
    `,
  ];

  @state() private testing: ReadonlySet<string> = new Set();

  private readonly load = new Task(this, {
    task: async ([query], { signal }): Promise<Rows<Connection>> =>
      rowsOf(await this.app.api.call('searchConnections', { query: { query, size: listSize, sort: 'name' }, signal })),
    args: () => [this.query('q'), this.app.connection.returned.get()] as const,
  });

  private async test(connections: readonly Connection[]): Promise<void> {
    const { toasts } = this.app;
    this.testing = new Set(connections.map(({ id }) => id));
    for (const connection of connections) {
      const outcome = await testConnection(this.app.api, connection.id);
      const rest = new Set(this.testing);
      rest.delete(connection.id);
      this.testing = rest;
      if (!outcome.isHealthy) toasts.show(`${connection.name}: ${outcome.message}`, { tone: 'danger' });
      else if (connections.length === 1) toasts.show(`${connection.name} works. ${outcome.message}`);
    }
    await this.load.run();
  }

  private async act(connection: Connection, action: string): Promise<void> {
    const { app } = this;
    try {
      if (action === 'edit') app.router.navigate(`/connections/${connection.id}`);
      if (action === 'test') await this.test([connection]);
      if (action === 'enable' || action === 'disable') await setConnectionEnabled(app, connection, action === 'enable');
      if (action === 'delete' && (await deleteConnection(app, connection)))
        app.toasts.show(`${connection.name} was deleted`);
      await this.load.run();
    } catch (error) {
      app.toasts.showProblem(error);
    }
  }

  private actionsOf(connection: Connection): MenuItem[] {
    const edit: MenuItem = { id: 'edit', label: 'Open', icon: 'cable' };
    if (!this.app.session.canEdit()) return [edit];
    return [
      edit,
      { id: 'test', label: 'Test', icon: 'activity', disabled: !connection.enabled },
      connection.enabled
        ? { id: 'disable', label: 'Disable', icon: 'power-off' }
        : { id: 'enable', label: 'Enable', icon: 'power' },
      { id: 'delete', label: 'Delete', icon: 'trash-2', isDanger: true, hasLineAbove: true },
    ];
  }

  private renderUses({ usedBy }: Connection): TemplateResult {
    const flows = new Map(usedBy.map((use) => [use.flowId, use.flowName]));
    const [first] = flows;
    if (first === undefined) return html`<span class="t3">none</span>`;
    if (flows.size === 1) return html`<a href="/app/flows/${first[0]}">${first[1]}</a>`;
    return html`<a href="/app/flows/${first[0]}" title=${[...flows.values()].join(', ')}
      >${plural(flows.size, 'flow')}</a
    >`;
  }

  private renderActions(connection: Connection): TemplateResult {
    const isTesting = this.testing.has(connection.id);
    const needsFix = needsAttention(connection);
    return html`<span class="actions">
      ${isTesting ? html`<span class="row t3 small" role="status">${glyph('running')}Testing</span>` : nothing}
      ${
        !isTesting && needsFix
          ? html`<pb-button size="small" href="/app/connections/${connection.id}">${fixWord(connection)}</pb-button>`
          : nothing
      }
      ${
        !isTesting && !needsFix && connection.enabled && this.app.session.canEdit()
          ? html`<pb-button class="on-hover" size="small" @click=${() => void this.test([connection])}>Test</pb-button>`
          : nothing
      }
      <pb-menu
        size="tiny"
        icon="ellipsis"
        label="Actions for ${connection.name}"
        .items=${this.actionsOf(connection)}
        @pb-menu-select=${(event: CustomEvent<string>) => void this.act(connection, event.detail)}
      ></pb-menu>
    </span>`;
  }

  private get columns(): Column<Connection>[] {
    return [
      {
        id: 'name',
        label: 'Name',
        render: (connection) =>
          html`<span class="row"
            >${tile(connection.connector.icon, 24)}<a class="main cut" href="/app/connections/${connection.id}"
              >${connection.name}</a
            ></span
          >`,
      },
      { id: 'connector', label: 'Connector', isMinor: true, render: ({ connector }) => connector.name },
      { id: 'account', label: 'Account', isMinor: true, render: (connection) => accountOf(connection) },
      {
        id: 'authorization',
        label: 'Sign-in',
        render: (connection) =>
          badge('authorization', connection.enabled ? connection.authorization : 'disabled', { isPlain: true }),
      },
      { id: 'health', label: 'Health', render: (connection) => badge('health', connection.health, { isPlain: true }) },
      { id: 'uses', label: 'Used by', render: (connection) => this.renderUses(connection) },
      {
        id: 'used',
        label: 'Last call',
        isMinor: true,
        render: ({ lastUsed }) =>
          lastUsed === undefined ? 'never' : html`<span title=${exactTime(lastUsed)}>${timeAgo(lastUsed)}</span>`,
      },
      { id: 'actions', label: '', align: 'end', render: (connection) => this.renderActions(connection) },
    ];
  }

  private renderHead(rows: readonly Connection[] | undefined): TemplateResult {
    const healthy = rows?.filter(({ health }) => health === 'healthy').length ?? 0;
    const words = rows === undefined ? '' : `${plural(rows.length, 'connection')}, ${healthy} healthy.`;
    return html`<div class="page-head">
      <div class="grow">
        <h1 class="h1">Connections</h1>
        <p class="sub">${words} Credentials are encrypted and never leave this installation.</p>
      </div>
      <pb-button icon="blocks" href="/app/connectors">Manage Custom Connectors</pb-button>
      ${
        this.app.session.canEdit()
          ? html`${
                rows !== undefined && rows.length > 0
                  ? html`<pb-button
                      icon="activity"
                      ?busy=${this.testing.size > 0}
                      @click=${() => void this.test(rows.filter(({ enabled }) => enabled))}
                      >Test all</pb-button
                    >`
                  : nothing
              } <pb-button variant="primary" icon="plus" href="/app/connections/new">New connection</pb-button>`
          : nothing
      }
    </div>`;
  }

  private renderBanner(rows: readonly Connection[]): TemplateResult | typeof nothing {
    const broken = rows.find(
      ({ authorization, enabled }) => enabled && (authorization === 'reauth_required' || authorization === 'revoked'),
    );
    if (broken === undefined) return nothing;
    return html`<div class="banner banner-warning">
      ${icon('key-round')}
      <span class="grow"><b class="medium">${broken.name}</b> needs a new sign-in. ${broken.healthMessage ?? ''}</span>
      <pb-button size="small" href="/app/connections/${broken.id}">Reconnect</pb-button>
    </div>`;
  }

  private renderFilters(rows: readonly Connection[]): TemplateResult {
    const { router } = this.app;
    return html`<div class="filters">
      <pb-search
        label="Find a connection"
        placeholder="Name or connector"
        .value=${this.query('q')}
        @pb-search=${(event: CustomEvent<string>) => {
          router.setQuery({ q: event.detail });
        }}
      ></pb-search>
      <pb-segmented
        label="Which connections"
        tall
        .value=${this.query('show')}
        .items=${[
          { value: '', label: 'All' },
          { value: 'attention', label: 'Needs attention', count: rows.filter(needsAttention).length },
        ]}
        @pb-change=${(event: CustomEvent<string>) => {
          router.setQuery({ show: event.detail });
        }}
      ></pb-segmented>
    </div>`;
  }

  private renderRows({ rows }: Rows<Connection>): TemplateResult {
    const shown = this.query('show') === 'attention' ? rows.filter(needsAttention) : rows;
    return html`${this.renderBanner(rows)}${deprecatedVersions(rows).map((thing) => deprecationBanner(thing))}${this.renderFilters(rows)}
    ${
      shown.length === 0
        ? this.renderEmpty(rows.length > 0 || this.query('q') !== '')
        : html`<pb-table
            label="Connections"
            .columns=${this.columns}
            .rows=${shown}
            .keyOf=${(connection: Connection) => connection.id}
            .isMuted=${(connection: Connection) => !connection.enabled}
          ></pb-table>`
    }`;
  }

  private renderEmpty(isFiltered: boolean): TemplateResult {
    if (isFiltered) {
      return html`<pb-empty heading="No connection fits" drawing="search">
        <pb-button slot="actions" href="/app/connections">Show all connections</pb-button>
      </pb-empty>`;
    }
    return html`<pb-empty heading="No connections yet" drawing="connections">
      A connection holds the credentials of one account of a system. Flows use it by name.
      ${
        this.app.session.canEdit()
          ? html`<pb-button slot="actions" icon="plus" href="/app/connections/new">Connect a system</pb-button>`
          : nothing
      }
    </pb-empty>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in page-wide">
      ${this.renderHead(this.load.value?.rows)}
      ${renderLoaded(this.load, { subject: 'Connections', complete: (rows) => this.renderRows(rows) })}
    </div>`;
  }
}

function fixWord({ authorization, health }: Connection): string {
  if (authorization === 'unauthorized') return 'Authorize';
  return authorization === 'authorized' && health === 'offline' ? 'Check' : 'Reconnect';
}

/** The first value that is no secret: an account, a user or a host. */
function accountOf({ credentials, account_name: name }: Connection): string {
  const names = ['account', 'username', 'user', 'email', 'host', 'url', 'baseUrl', 'base_url'];
  const values = names.map((name) => credentials[name]);
  return values.find((value) => value !== undefined && value !== '' && value !== '******') ?? name ?? '';
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connections-screen': PbConnectionsScreen;
  }
}
