import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import type { TabItem } from '../../ui/tabs/tabs.ts';
import '../../ui/tabs/tabs.ts';
import './profile-settings.ts';
import './token-settings.ts';
import './user-settings.ts';

/**
 * @summary Settings: profile and theme, API tokens, users of the tenant.
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
    return this.app.session.canAdminister() ? [...own, item('users', 'Users')] : own;
  }

  private renderTab(): TemplateResult {
    if (this.tab === 'tokens') return html`<pb-token-settings></pb-token-settings>`;
    if (this.tab === 'users') return html`<pb-user-settings></pb-user-settings>`;
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
