import { Task } from '@lit/task';
import type { Connection } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SavedConnection } from '../../connections/connection-form.ts';
import { testConnection } from '../../connections/save-connection.ts';
import { exactTime, timeAgo } from '../../format/time.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { tile } from '../../ui/tile/tile.ts';
import { deleteConnection, deprecatedVersions, revokeConnection, setConnectionEnabled } from './connection-actions.ts';
import '../../connections/connection-form.ts';
import '../../ui/button/button.ts';

/**
 * @summary One connection: its credentials (secrets masked), health, and the flows that use it.
 */
@customElement('pb-connection-screen')
export class PbConnectionScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      .back {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        margin-bottom: 8px;
        color: var(--text-2);
      }
      .head {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 8px 16px;
        margin-bottom: 24px;
      }
      .grid {
        display: grid;
        grid-template-columns: minmax(0, 560px) 300px;
        gap: 56px;
      }
      .side section + section {
        margin-top: 24px;
        padding-top: 20px;
        border-top: 1px solid var(--hairline);
      }
      .side h2 {
        margin-bottom: 10px;
      }
      .notice {
        margin-bottom: 20px;
      }
      .deprecation {
        margin-bottom: 20px;
      }
      .deprecation a {
        text-decoration: underline;
      }
      .use {
        display: flex;
        gap: 8px;
        min-height: 28px;
        align-items: center;
      }
      @media (max-width: 1024px) {
        .grid {
          grid-template-columns: minmax(0, 1fr);
          gap: 28px;
        }
      }
    `,
  ];

  @property() connectionId = '';
  @state() private isTesting = false;

  private readonly load = new Task(this, {
    task: async ([id], { signal }): Promise<Connection> => {
      const connection = (await this.app.api.call('getConnection', { params: { id }, signal }))._source;
      this.app.setTitle(connection.name);
      return connection;
    },
    args: () => [this.connectionId, this.app.connection.returned.get()] as const,
  });

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  private async test(connection: Connection): Promise<void> {
    this.isTesting = true;
    const outcome = await testConnection(this.app.api, connection.id);
    this.isTesting = false;
    this.app.toasts.show(outcome.message, { tone: outcome.isHealthy ? 'success' : 'danger' });
    await this.load.run();
  }

  private renderHead(connection: Connection): TemplateResult {
    const { app } = this;
    return html`<div class="head">
      ${tile(connection.connector.icon, 40)}
      <div class="grow">
        <h1 class="h1">${connection.name}</h1>
        <p class="t2">${connection.connector.name}</p>
      </div>
      ${
        app.session.canEdit()
          ? html`<pb-button
                variant="ghost"
                icon="trash-2"
                @click=${() =>
                  this.attempt(async () => {
                    if (await deleteConnection(app, connection)) app.router.navigate('/connections');
                  })}
                >Delete</pb-button
              >
              ${
                connection.authorization === 'authorized' && connection.authType !== 'none'
                  ? html`<pb-button
                      variant="ghost"
                      icon="key-round"
                      @click=${() =>
                        this.attempt(async () => {
                          if (await revokeConnection(app, connection)) await this.load.run();
                        })}
                      >Revoke</pb-button
                    >`
                  : nothing
              }
              <pb-button
                icon=${connection.enabled ? 'power-off' : 'power'}
                @click=${() =>
                  this.attempt(async () => {
                    await setConnectionEnabled(app, connection, !connection.enabled);
                    await this.load.run();
                  })}
                >${connection.enabled ? 'Disable' : 'Enable'}</pb-button
              >
              <pb-button
                icon="activity"
                ?busy=${this.isTesting}
                ?disabled=${!connection.enabled}
                @click=${() => void this.test(connection)}
                >Test</pb-button
              >`
          : nothing
      }
    </div>`;
  }

  private renderAuthorization(connection: Connection): TemplateResult {
    const { account_name: account, last_authorized_at: since, oauth_scopes: scopes, expires_at: end } = connection;
    return html`${
      account === undefined
        ? nothing
        : html`<dt>Account</dt>
            <dd>${account}</dd>`
    }
    ${
      since === undefined
        ? nothing
        : html`<dt>Authorized</dt>
            <dd title=${exactTime(since)}>${timeAgo(since)}</dd>`
    }
    ${
      scopes === undefined || scopes.length === 0
        ? nothing
        : html`<dt>Scopes</dt>
            <dd>${scopes.join(', ')}</dd>`
    }
    ${
      end === undefined
        ? nothing
        : html`<dt>Token ends</dt>
            <dd>${exactTime(end)}</dd>`
    }`;
  }

  private renderSide(connection: Connection): TemplateResult {
    const { healthCheckedAt, healthMessage, lastUsed, usedBy } = connection;
    return html`<aside class="side" aria-label="State and use">
      <section>
        <h2 class="h3">State</h2>
        <dl class="facts">
          <dt>Sign-in</dt>
          <dd>
            ${badge('authorization', connection.enabled ? connection.authorization : 'disabled', { isPlain: true })}
          </dd>
          ${this.renderAuthorization(connection)}
          <dt>Health</dt>
          <dd>${badge('health', connection.health, { isPlain: true })}</dd>
          ${
            healthMessage
              ? html`<dt>Last test</dt>
                  <dd>${healthMessage}</dd>`
              : nothing
          }
          <dt>Tested</dt>
          <dd title=${healthCheckedAt ? exactTime(healthCheckedAt) : ''}>
            ${healthCheckedAt ? timeAgo(healthCheckedAt) : 'never'}
          </dd>
          <dt>Last call</dt>
          <dd>${lastUsed ? timeAgo(lastUsed) : 'never'}</dd>
        </dl>
      </section>
      <section>
        <h2 class="h3">Used by</h2>
        ${usedBy.length === 0 ? html`<p class="t3">No flow uses it.</p>` : nothing}
        <ul>
          ${usedBy.map(
            (use) =>
              html`<li class="use">
                <a class="cut" href="/app/flows/${use.flowId}">${use.flowName}</a
                ><span class="t3 cut">${use.step}</span>
              </li>`,
          )}
        </ul>
      </section>
    </aside>`;
  }

  /** The connector keeps it from working, or soon will. */
  private renderNotice(connection: Connection): unknown {
    const { connector_notice: notice } = connection;
    if (notice === undefined) return nothing;
    const deprecated = deprecatedVersions([connection]);
    if (deprecated.length > 0) return deprecated.map((thing) => deprecationBanner(thing));
    return html`<div class="note note-warning notice" role="status">
      ${icon('triangle-alert')}<span>${notice.message}</span>
    </div>`;
  }

  private renderConnection(connection: Connection): TemplateResult {
    return html`${this.renderHead(connection)} ${this.renderNotice(connection)}
      <div class="grid">
        ${
          this.app.session.canEdit()
            ? html`<pb-connection-form
                no-cancel
                .connector=${connection.connector.slug}
                .connection=${connection}
                @pb-connection-saved=${(event: CustomEvent<SavedConnection>) => {
                  this.app.toasts.show(`${event.detail.name} is saved`);
                  void this.load.run();
                }}
              ></pb-connection-form>`
            : html`<p class="t2">Your role may look, but not change credentials.</p>`
        }
        ${this.renderSide(connection)}
      </div>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in">
      <a class="back" href="/app/connections">${icon('arrow-left', 14)}Connections</a>
      ${this.load.value === undefined ? html`<h1 class="vh">Connection</h1>` : nothing}
      ${renderLoaded(this.load, {
        subject: 'The connection',
        skeleton: html`<pb-skeleton shape="text" count="5"></pb-skeleton>`,
        complete: (connection) => this.renderConnection(connection),
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connection-screen': PbConnectionScreen;
  }
}
