import { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RouteResponse } from '@patchbay/api-contract/client';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { dateWords, timeAgo } from '../../format/time.ts';
import { roleWord } from '../../format/words.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import type { Column } from '../../ui/table/table.ts';
import { settingsStyles } from './settings.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/copy-field/copy-field.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import '../../ui/table/table.ts';

type Token = RouteResponse<'searchTokens'>['hits']['hits'][number]['_source'];

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'until revoked' },
];

/**
 * @summary API tokens: make one (it is shown once), see when each was used, revoke.
 */
@customElement('pb-token-settings')
export class PbTokenSettings extends ScreenElement {
  static override styles = [baseStyles, settingsStyles];

  @state() private name = '';
  @state() private days = '90';
  @state() private made = '';
  @state() private isBusy = false;

  private readonly load = new Task(this, {
    task: async ([,], { signal }): Promise<Rows<Token>> =>
      rowsOf(await this.app.api.call('searchTokens', { query: { size: 200 }, signal })),
    args: () => [this.app.connection.returned.get()] as const,
  });

  private async handleCreate(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name.trim();
    if (name === '' || this.isBusy) return;
    this.isBusy = true;
    try {
      const lifetime = this.days === '' ? {} : { expiresInDays: Number(this.days) };
      this.made = (await this.app.api.call('createToken', { body: { name, ...lifetime } })).token;
      this.name = '';
      await this.load.run();
    } catch (error) {
      this.app.toasts.showProblem(error);
    } finally {
      this.isBusy = false;
    }
  }

  private async revoke(token: Token): Promise<void> {
    const isSure = await askConfirmation({
      heading: `Revoke “${token.name}”?`,
      text: 'Whatever uses it is refused from now on.',
      action: 'Revoke token',
      isDanger: true,
    });
    if (!isSure) return;
    try {
      await this.app.api.call('deleteToken', { params: { id: token.id } });
      this.app.toasts.show(`${token.name} was revoked`);
      await this.load.run();
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  private readonly columns: Column<Token>[] = [
    { id: 'name', label: 'Name', render: (token) => html`<span class="main">${token.name}</span>` },
    { id: 'prefix', label: 'Begins with', render: (token) => html`<code>${token.prefix}</code>` },
    { id: 'role', label: 'Role', isMinor: true, render: (token) => roleWord(token.role) },
    { id: 'used', label: 'Last used', render: (token) => (token.lastUsed ? timeAgo(token.lastUsed) : 'never') },
    { id: 'expires', label: 'Ends', render: (token) => (token.expires ? dateWords(token.expires) : 'when revoked') },
    {
      id: 'actions',
      label: '',
      align: 'end',
      render: (token) =>
        html`<pb-button variant="ghost" size="small" label="Revoke ${token.name}" @click=${() => this.revoke(token)}
          >Revoke</pb-button
        >`,
    },
  ];

  private renderMade(): TemplateResult | typeof nothing {
    if (this.made === '') return nothing;
    return html`<div class="note once" role="status">
      <div class="grow column">
        <p><span class="medium">Copy it now.</span> It is not shown again.</p>
        <pb-copy-field label="token" .value=${this.made}></pb-copy-field>
      </div>
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<section>
      <div class="head">
        <div>
          <h2 class="h2">API tokens</h2>
          <p>For scripts and the command line. A token has your rights, never more.</p>
        </div>
      </div>
      ${this.renderMade()}
      <form class="make" novalidate @submit=${this.handleCreate}>
        <div class="inline">
          <pb-input
            label="Name"
            placeholder="What will use it"
            .value=${this.name}
            @pb-input=${(event: CustomEvent<string>) => {
              this.name = event.detail;
            }}
          ></pb-input>
          <pb-select
            label="Valid"
            .value=${this.days}
            .options=${lifetimes}
            @pb-change=${(event: CustomEvent<string>) => {
              this.days = event.detail;
            }}
          ></pb-select>
          <pb-button type="submit" icon="plus" ?busy=${this.isBusy} ?disabled=${this.name.trim() === ''}
            >Create token</pb-button
          >
        </div>
      </form>
      ${renderLoaded(this.load, {
        subject: 'Tokens',
        skeleton: html`<pb-skeleton count="2"></pb-skeleton>`,
        complete: ({ rows }) =>
          rows.length === 0
            ? html`<p class="t3">No tokens yet.</p>`
            : html`<pb-table
                label="API tokens"
                .columns=${this.columns}
                .rows=${rows}
                .keyOf=${(token: Token) => token.id}
              ></pb-table>`,
      })}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-token-settings': PbTokenSettings;
  }
}
