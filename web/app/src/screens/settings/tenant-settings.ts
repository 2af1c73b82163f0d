import { Task } from '@lit/task';
import type { Session, TenantView } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PagedScreen } from '../../shell/paged-screen.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import type { Column } from '../../ui/table/table.ts';
import { openTenantDialog } from './new-tenant-dialog.ts';
import { settingsStyles } from './settings.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/input/input.ts';
import '../../ui/search/search.ts';
import '../../ui/switch/switch.ts';
import '../../ui/table/table.ts';

type Feature = keyof Session['tenant']['features'];

const pageSize = 25;

/** What a tenant may be allowed, with what it means. */
const features: readonly { readonly name: Feature; readonly label: string }[] = [
  { name: 'custom_connectors', label: 'Custom connectors' },
  { name: 'sdk_access', label: 'SDK access' },
  { name: 'review_required', label: 'Review' },
];

/**
 * @summary Tenants with what they may do: custom connectors, SDK access, review before the catalogue, limit. Platform
 * administrators change them; others read their own.
 */
@customElement('pb-tenant-settings')
export class PbTenantSettings extends PagedScreen {
  static override styles = [baseStyles, settingsStyles];

  @state() private busy = '';

  private readonly load = new Task(this, {
    task: async ([query, from], { signal }): Promise<Rows<TenantView>> =>
      rowsOf(
        await this.app.api.call('searchTenants', { query: { query, from, size: pageSize, sort: 'name' }, signal }),
      ),
    args: () => [this.query('q'), this.from, this.app.connection.returned.get()] as const,
  });

  private get isPlatformAdmin(): boolean {
    return this.app.session.session.get()?.user.platformAdmin === true;
  }

  private async change(
    tenant: TenantView,
    body: { features?: Partial<TenantView['features']>; limits?: Partial<TenantView['limits']> },
  ): Promise<void> {
    this.busy = tenant.id;
    try {
      await this.app.api.call('updateTenant', { params: { id: tenant.id }, body, revision: tenant.revision });
      this.app.toasts.show(`${tenant.name} was changed`);
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
    // Also after a refusal: the switch shows what holds.
    await this.load.run();
    this.busy = '';
    if (tenant.id === this.app.session.session.get()?.tenant.id) await this.app.session.load();
  }

  private featureColumn({ name, label }: (typeof features)[number]): Column<TenantView> {
    return {
      id: name,
      label,
      render: (tenant) =>
        html`<pb-switch
          label="${label} for ${tenant.name}"
          label-hidden
          .checked=${live(tenant.features[name])}
          ?disabled=${!this.isPlatformAdmin || this.busy === tenant.id}
          @pb-change=${(event: CustomEvent<boolean>) => {
            void this.change(tenant, { features: { [name]: event.detail } });
          }}
        ></pb-switch>`,
    };
  }

  private changeLimit(tenant: TenantView, text: string): void {
    const limit = text.trim() === '' ? null : Number(text);
    if (limit === tenant.limits.custom_connectors) return;
    void this.change(tenant, { limits: { custom_connectors: limit } });
  }

  private get columns(): Column<TenantView>[] {
    return [
      {
        id: 'name',
        label: 'Tenant',
        render: ({ id, name }) => html`<span class="main">${name}</span> <code class="t3 small">${id}</code>`,
      },
      { id: 'users', label: 'Users', align: 'end', isMinor: true, render: ({ user_count: count }) => count },
      {
        id: 'connectors',
        label: 'Connectors',
        align: 'end',
        isMinor: true,
        render: (tenant) => tenant.connector_count,
      },
      ...features.map((feature) => this.featureColumn(feature)),
      {
        id: 'limit',
        label: 'Most connectors',
        render: (tenant) =>
          html`<pb-input
            class="limit"
            label="Most custom connectors of ${tenant.name}"
            label-hidden
            type="number"
            placeholder="no limit"
            .value=${String(tenant.limits.custom_connectors ?? '')}
            ?disabled=${!this.isPlatformAdmin}
            @pb-change=${(event: CustomEvent<string>) => {
              this.changeLimit(tenant, event.detail);
            }}
          ></pb-input>`,
      },
    ];
  }

  private async add(): Promise<void> {
    const name = await openTenantDialog(this.app);
    if (name === undefined) return;
    this.app.toasts.show(`${name} was added`);
    await this.load.run();
  }

  private renderRows({ rows, total }: Rows<TenantView>): TemplateResult {
    return html`<pb-table
        class="tall"
        label="Tenants"
        .columns=${this.columns}
        .rows=${rows}
        .keyOf=${({ id }: TenantView) => id}
      ></pb-table>
      ${this.renderPager({ noun: 'tenants', size: pageSize, total })}`;
  }

  protected override render(): TemplateResult {
    if (!this.app.session.canAdminister()) {
      return html`<p class="t2">Tenants are managed by platform administrators.</p>`;
    }
    return html`<section>
      <div class="head">
        <div class="grow">
          <h2 class="h2">Tenants</h2>
          <p>
            SDK access lets administrators of a tenant make connectors; with review, publication in the catalogue is
            asked for and decided here. ${this.isPlatformAdmin ? nothing : 'Only platform administrators change this.'}
          </p>
        </div>
        ${
          this.isPlatformAdmin
            ? html`<pb-button icon="plus" @click=${() => void this.add()}>Add tenant</pb-button>`
            : nothing
        }
      </div>
      <div class="filters">
        <pb-search
          label="Find a tenant"
          placeholder="Name or id"
          .value=${this.query('q')}
          @pb-search=${(event: CustomEvent<string>) => {
            this.app.router.setQuery({ q: event.detail, from: undefined });
          }}
        ></pb-search>
      </div>
      ${renderLoaded(this.load, {
        subject: 'Tenants',
        skeleton: html`<pb-skeleton count="3"></pb-skeleton>`,
        complete: (rows) => this.renderRows(rows),
      })}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-tenant-settings': PbTenantSettings;
  }
}
