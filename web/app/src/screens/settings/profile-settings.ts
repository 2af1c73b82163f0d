import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { roleWord } from '../../format/words.ts';
import { problemSentence } from '../../problems/describe-problem.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import type { Theme } from '../../store/theme-store.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { settingsStyles } from './settings.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/input/input.ts';
import '../../ui/segmented/segmented.ts';

const minPasswordLength = 12;

/**
 * @summary Who you are, the theme of this browser, your password.
 */
@customElement('pb-profile-settings')
export class PbProfileSettings extends ScreenElement {
  static override styles = [baseStyles, settingsStyles];

  @state() private current = '';
  @state() private password = '';
  @state() private failure = '';
  @state() private isBusy = false;

  private async handlePassword(event: Event): Promise<void> {
    event.preventDefault();
    if (this.password.length < minPasswordLength) {
      this.failure = `Use at least ${minPasswordLength} characters.`;
      return;
    }
    this.isBusy = true;
    this.failure = '';
    try {
      await this.app.session.setPassword(this.password, this.current === '' ? undefined : this.current);
      this.current = '';
      this.password = '';
      this.app.toasts.show('Your password is set. Other sessions were signed out.');
    } catch (error) {
      this.failure = problemSentence(error);
    } finally {
      this.isBusy = false;
    }
  }

  private renderTheme(): TemplateResult {
    const { theme } = this.app;
    return html`<section>
      <div class="head"><h2 class="h2">Appearance</h2></div>
      <pb-segmented
        label="Theme"
        tall
        .value=${theme.theme.get()}
        .items=${[
          { value: 'system', label: 'System', icon: 'monitor' },
          { value: 'light', label: 'Light', icon: 'sun' },
          { value: 'dark', label: 'Dark', icon: 'moon' },
        ]}
        @pb-change=${(event: CustomEvent<Theme>) => {
          theme.choose(event.detail);
        }}
      ></pb-segmented>
    </section>`;
  }

  private renderPassword(hasPassword: boolean): TemplateResult {
    return html`<section>
      <div class="head">
        <div>
          <h2 class="h2">${hasPassword ? 'Change password' : 'Set a password'}</h2>
          <p>All other sessions are signed out.</p>
        </div>
      </div>
      <form class="column" novalidate @submit=${this.handlePassword}>
        ${
          this.failure === ''
            ? nothing
            : html`<div class="note note-danger" role="alert">${icon('circle-alert')}<span>${this.failure}</span></div>`
        }
        ${
          hasPassword
            ? html`<pb-input
                label="Current password"
                type="password"
                autocomplete="current-password"
                .value=${this.current}
                @pb-input=${(event: CustomEvent<string>) => {
                  this.current = event.detail;
                }}
              ></pb-input>`
            : nothing
        }
        <pb-input
          label="New password"
          type="password"
          autocomplete="new-password"
          help="At least ${minPasswordLength} characters."
          .value=${this.password}
          @pb-input=${(event: CustomEvent<string>) => {
            this.password = event.detail;
          }}
        ></pb-input>
        <div>
          <pb-button type="submit" ?busy=${this.isBusy}>${hasPassword ? 'Change password' : 'Set password'}</pb-button>
        </div>
      </form>
    </section>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const session = this.app.session.session.get();
    if (session === undefined) return nothing;
    const { user, tenant } = session;
    return html`<section>
        <div class="head"><h2 class="h2">Profile</h2></div>
        <dl class="facts">
          <dt>Name</dt>
          <dd>${user.name}</dd>
          <dt>E-mail</dt>
          <dd>${user.email}</dd>
          <dt>Tenant</dt>
          <dd>${tenant.name}</dd>
          <dt>Role</dt>
          <dd>${roleWord(user.role)}</dd>
        </dl>
      </section>
      ${this.renderTheme()}${this.renderPassword(user.hasPassword)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-profile-settings': PbProfileSettings;
  }
}
