import { Task } from '@lit/task';
import type { AuditEntry } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { auditColumns } from '../../audit/audit-columns.ts';
import { actionWords, endOfDay, startOfDay } from '../../audit/audit-words.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PagedScreen } from '../../shell/paged-screen.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { settingsStyles } from './settings.styles.ts';
import '../../ui/empty/empty.ts';
import '../../ui/input/input.ts';
import '../../ui/search/search.ts';
import '../../ui/select/select.ts';
import '../../ui/table/table.ts';

const pageSize = 25;

/** Actions that can be chosen: the life of a connector, then what administrators do. */
const actions = [
  ...(['create', 'edit', 'ready', 'prerelease', 'publish', 'republish', 'unpublish', 'ask_review'] as const),
  ...(['approve_review', 'reject_review', 'new_version', 'deprecate', 'block', 'unblock', 'retire'] as const),
  ...(['disable', 'enable', 'delete'] as const),
]
  .map((action) => `connector_${action}`)
  .concat('user_created', 'user_updated', 'tenant_created', 'tenant_updated', 'token_created', 'token_deleted');

/**
 * @summary Who did what: lifecycle of connectors, roles, tenants; newest first, with filters that live in the address.
 */
@customElement('pb-audit-settings')
export class PbAuditSettings extends PagedScreen {
  static override styles = [baseStyles, settingsStyles];

  private readonly load = new Task(this, {
    task: async ([query, action, after, before, tenant, from], { signal }): Promise<Rows<AuditEntry>> =>
      rowsOf(
        await this.app.api.call('searchAudit', {
          query: { query, action, after: startOfDay(after), before: endOfDay(before), tenant, from, size: pageSize },
          signal,
        }),
      ),
    args: () =>
      [
        ...([this.query('q'), this.query('action'), this.query('after'), this.query('before')] as const),
        ...([this.query('tenant'), this.from, this.app.connection.returned.get()] as const),
      ] as const,
  });

  private filter(name: string, value: string): void {
    this.app.router.setQuery({ [name]: value === '' ? undefined : value, from: undefined });
  }

  private renderDay(name: 'after' | 'before', label: string): TemplateResult {
    return html`<pb-input
      label=${label}
      type="date"
      .value=${this.query(name)}
      @pb-input=${(event: CustomEvent<string>) => {
        this.filter(name, event.detail);
      }}
    ></pb-input>`;
  }

  private renderFilters(): TemplateResult {
    const options = [
      { value: '', label: 'Everything' },
      ...actions.map((action) => ({ value: action, label: actionWords(action) })),
    ];
    return html`<div class="inline audit-filters">
      <pb-search
        label="Find in the audit log"
        placeholder="Person, thing or reason"
        .value=${this.query('q')}
        @pb-search=${(event: CustomEvent<string>) => {
          this.filter('q', event.detail);
        }}
      ></pb-search>
      <pb-select
        label="What was done"
        .value=${this.query('action')}
        .options=${options}
        @pb-change=${(event: CustomEvent<string>) => {
          this.filter('action', event.detail);
        }}
      ></pb-select>
      ${this.renderDay('after', 'From')} ${this.renderDay('before', 'To')}
      ${
        this.app.session.session.get()?.user.platformAdmin
          ? html`<pb-input
              label="Tenant"
              placeholder="your own"
              .value=${this.query('tenant')}
              @pb-change=${(event: CustomEvent<string>) => {
                this.filter('tenant', event.detail.trim());
              }}
            ></pb-input>`
          : nothing
      }
    </div>`;
  }

  private renderRows({ rows, total }: Rows<AuditEntry>): TemplateResult {
    if (rows.length === 0) {
      return html`<pb-empty heading="Nothing of that kind was done" drawing="search"></pb-empty>`;
    }
    return html`<pb-table
        label="Audit log"
        .columns=${auditColumns}
        .rows=${rows}
        .keyOf=${({ id }: AuditEntry) => id}
      ></pb-table>
      ${this.renderPager({ noun: 'entries', size: pageSize, total })}`;
  }

  protected override render(): TemplateResult {
    if (!this.app.session.canAdminister()) {
      return html`<p class="t2">The audit log is for the administrators of your tenant.</p>`;
    }
    return html`<section>
      <div class="head">
        <div>
          <h2 class="h2">Audit log</h2>
          <p>Who did what, and what became of it. Entries cannot be changed.</p>
        </div>
      </div>
      ${this.renderFilters()}
      ${renderLoaded(this.load, {
        subject: 'The audit log',
        skeleton: html`<pb-skeleton count="4"></pb-skeleton>`,
        complete: (rows) => this.renderRows(rows),
      })}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-audit-settings': PbAuditSettings;
  }
}
