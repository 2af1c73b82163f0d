import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import type { TabItem } from '../../ui/tabs/tabs.ts';
import '../../ui/tabs/tabs.ts';
import './audit-settings.ts';
import './profile-settings.ts';
import './tenant-settings.ts';
import './token-settings.ts';
import './user-settings.ts';

/**
 * @summary Settings: profile and theme, API tokens; for administrators users, tenants and the audit log.
 */
@customElement('pb-settings-screen')
export class PbSettingsScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      .content {
        padding-top: 24px;
      }
    `,
  ];

  @property() tab = 'profile';

  private get tabs(): readonly TabItem[] {
    const item = (id: string, label: string): TabItem => ({ id, label, href: `/app/settings/${id}` });
    const own = [item('profile', 'Profile'), item('tokens', 'API tokens')];
    if (!this.app.session.canAdminister()) return own;
    return [...own, item('users', 'Users'), item('tenants', 'Tenants'), item('audit', 'Audit log')];
  }

  private renderTab(): TemplateResult {
    if (this.tab === 'tokens') return html`<pb-token-settings></pb-token-settings>`;
    if (this.tab === 'users') return html`<pb-user-settings></pb-user-settings>`;
    if (this.tab === 'tenants') return html`<pb-tenant-settings></pb-tenant-settings>`;
    if (this.tab === 'audit') return html`<pb-audit-settings></pb-audit-settings>`;
    return html`<pb-profile-settings></pb-profile-settings>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in">
      <div class="page-head"><h1 class="h1">Settings</h1></div>
      <pb-tabs label="Settings" .value=${this.tab} .items=${this.tabs}></pb-tabs>
      <div class="content">${this.renderTab()}</div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-settings-screen': PbSettingsScreen;
  }
}
