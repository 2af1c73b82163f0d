import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problemSentence } from '../../problems/describe-problem.ts';
import { logo } from '../../shell/logo.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { patchArt, patchArtStyles } from './patch-art.ts';
import '../../ui/button/button.ts';
import '../../ui/input/input.ts';

/** Least length of a password, as the API asks for. */
const minPasswordLength = 12;

/** What the form asks for. */
type Stage = 'credentials' | 'link' | 'set-password';

/**
 * @summary Sign in with e-mail and password, or by a one-time link (`?token=`); after a link, a password can be set.
 */
@customElement('pb-sign-in-screen')
export class PbSignInScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    patchArtStyles,
    css`
      .sides {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        min-height: 100vh;
        background: var(--surface);
      }
      .form {
        display: flex;
        flex-direction: column;
        padding: 28px 40px;
        --pb-input-height: 38px;
      }
      .brand {
        border: 0;
        padding: 0;
        font-size: 16px;
      }
      .brand svg {
        width: 24px;
        height: 24px;
      }
      .box {
        width: 344px;
        max-width: 100%;
        margin: auto;
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      .big {
        font-size: 26px;
        line-height: 34px;
        letter-spacing: -0.02em;
      }
      .sub {
        font-size: 14px;
        margin-top: 2px;
      }
      .center {
        text-align: center;
      }
      @media (max-width: 900px) {
        .sides {
          grid-template-columns: 1fr;
        }
        .art {
          display: none;
        }
        .form {
          padding: 24px 20px;
        }
      }
    `,
  ];

  @state() private stage: Stage = 'credentials';
  @state() private email = '';
  @state() private password = '';
  @state() private problem = '';
  @state() private isBusy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.query('token') !== '') {
      this.stage = 'link';
      void this.useLink();
    } else if (this.app.session.session.get() !== undefined) this.leave();
  }

  private leave(): void {
    const next = this.query('next');
    this.app.router.navigate(next.startsWith('/') && !next.startsWith('//') ? next : '/', { isReplacing: true });
  }

  private async attempt(action: () => Promise<void>): Promise<boolean> {
    this.isBusy = true;
    this.problem = '';
    try {
      await action();
      return true;
    } catch (error) {
      this.problem = problemSentence(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  private async useLink(): Promise<void> {
    const { session, router } = this.app;
    const isIn = await this.attempt(() => session.signInByLink(this.query('token')));
    router.setQuery({ token: undefined }); // a one-time secret does not stay in the address
    if (!isIn) this.stage = 'credentials';
    else if (session.session.get()?.user.hasPassword) this.leave();
    else this.stage = 'set-password';
  }

  private async handleSignIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.email.trim() === '' || this.password === '') {
      this.problem = 'Enter your e-mail and your password.';
      return;
    }
    if (await this.attempt(() => this.app.session.signIn(this.email.trim(), this.password))) this.leave();
  }

  private async handleSetPassword(event: Event): Promise<void> {
    event.preventDefault();
    if (this.password.length < minPasswordLength) {
      this.problem = `Use at least ${minPasswordLength} characters.`;
      return;
    }
    if (await this.attempt(() => this.app.session.setPassword(this.password))) this.leave();
  }

  private renderProblem(): TemplateResult | typeof nothing {
    if (this.problem === '') return nothing;
    return html`<div class="note note-danger" role="alert">${icon('circle-alert')}<span>${this.problem}</span></div>`;
  }

  private renderPassword(label: string, autocomplete: string): TemplateResult {
    return html`<pb-input
      label=${label}
      type="password"
      autocomplete=${autocomplete}
      required
      .value=${this.password}
      @pb-input=${(event: CustomEvent<string>) => {
        this.password = event.detail;
      }}
    ></pb-input>`;
  }

  private renderCredentials(): TemplateResult {
    return html`<form class="box" novalidate @submit=${this.handleSignIn}>
      <div>
        <h1 class="h1 big">Sign in</h1>
        <p class="t2 sub">to ${window.location.host}</p>
      </div>
      ${this.renderProblem()}
      <pb-input
        label="E-mail"
        type="email"
        autocomplete="username"
        required
        .value=${this.email}
        @pb-input=${(event: CustomEvent<string>) => {
          this.email = event.detail;
        }}
      ></pb-input>
      ${this.renderPassword('Password', 'current-password')}
      <pb-button variant="primary" type="submit" size="large" block ?busy=${this.isBusy}>Sign in</pb-button>
      <p class="help center">
        First start, or password forgotten? Use a one-time link: the server prints one when it starts, and an
        administrator can make one.
      </p>
    </form>`;
  }

  private renderSetPassword(): TemplateResult {
    const name = this.app.session.session.get()?.user.name ?? '';
    return html`<form class="box" novalidate @submit=${this.handleSetPassword}>
      <div>
        <h1 class="h1 big">Set a password</h1>
        <p class="t2 sub">Welcome, ${name}. The link works only once; with a password you can come back.</p>
      </div>
      ${this.renderProblem()}
      <input
        class="vh"
        type="email"
        autocomplete="username"
        tabindex="-1"
        aria-hidden="true"
        .value=${this.app.session.session.get()?.user.email ?? ''}
      />
      ${this.renderPassword('New password', 'new-password')}
      <p class="help">At least ${minPasswordLength} characters. A sentence is easy to remember and hard to guess.</p>
      <pb-button variant="primary" type="submit" size="large" block ?busy=${this.isBusy}>Set password</pb-button>
      <pb-button variant="ghost" size="large" block @click=${this.leave}>Not now</pb-button>
    </form>`;
  }

  protected override render(): TemplateResult {
    const content = {
      credentials: () => this.renderCredentials(),
      link: () =>
        html`<div class="box">
          <h1 class="h1 big">Signing you in</h1>
          <p class="t2" role="status">Checking the link.</p>
        </div>`,
      'set-password': () => this.renderSetPassword(),
    }[this.stage]();
    return html`<div class="sides">
      <section class="form">
        <div class="brand">${logo()}<span>Patchbay</span></div>
        ${content}
        <p class="small t3">Patchbay, on your own machines</p>
      </section>
      ${patchArt()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-sign-in-screen': PbSignInScreen;
  }
}
