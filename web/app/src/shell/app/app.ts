import { provide } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { initialsOf } from '../../format/initials.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { appContext, type AppContext } from '../app-context.ts';
import { createApp } from '../create-app.ts';
import { logo } from '../logo.ts';
import { railEntries, type RailEntry } from '../rail-entries.ts';
import type { ScreenRoute } from '../routes.ts';
import { appStyles } from './app.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/error/error.ts';
import '../toasts/toasts.ts';
import '../user-menu/user-menu.ts';

const narrowQuery = '(max-width: 1100px)';

/** A screen that is ready to be shown. */
interface OpenScreen {
  readonly path: string;
  /** Two screens with the same key share their element. */
  readonly key: string;
  readonly route: ScreenRoute | undefined;
  readonly content: TemplateResult;
}

/**
 * @summary The app: rail, top bar, the screen of the current address, toasts, the live region.
 */
@customElement('pb-app')
export class PbApp extends SignalWatcher(PbElement) {
  static override styles = [baseStyles, appStyles];

  @provide({ context: appContext })
  protected readonly app: AppContext = createApp();

  @state() private screen?: OpenScreen;
  @state() private startProblem: unknown;
  @state() private isNarrow = window.matchMedia(narrowQuery).matches;
  @state() private connectionsToFix = 0;
  @query('main') private readonly main?: HTMLElement;

  private hasStarted = false;
  private wanted = '';

  override connectedCallback(): void {
    super.connectedCallback();
    window.matchMedia(narrowQuery).addEventListener('change', (event) => {
      this.isNarrow = event.matches;
    });
    void this.start();
  }

  private async start(): Promise<void> {
    try {
      this.startProblem = undefined;
      await this.app.session.load();
      this.hasStarted = true;
      this.requestUpdate();
    } catch (error) {
      this.startProblem = error;
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // After the update: a signal that is set while the watcher runs would be missed.
    if (this.hasStarted) queueMicrotask(() => void this.openScreen());
  }

  /** Loads the screen of the address; goes to the sign-in page when the screen needs a session and there is none. */
  private async openScreen(): Promise<void> {
    const { router, session } = this.app;
    const { path } = router.location.get();
    const match = router.match.get();
    if (match?.route.isPublic !== true && session.session.get() === undefined) {
      this.goToSignIn();
      return;
    }
    if (this.wanted === path) return;
    this.wanted = path;
    const content = await this.loadContent(match?.route, match?.params ?? {});
    const key = match?.route.key ?? path;
    if (this.wanted === path) await this.showScreen({ path, key, route: match?.route, content });
  }

  private goToSignIn(): void {
    const { path, query: search } = this.app.router.location.get();
    const here = search.size > 0 ? `${path}?${search.toString()}` : path;
    const back = here === '/' ? '' : `?next=${encodeURIComponent(here)}`;
    this.app.router.navigate(`/sign-in${back}`, { isReplacing: true });
  }

  private async showScreen(screen: OpenScreen): Promise<void> {
    const isFirst = this.screen === undefined;
    const isSame = this.screen?.key === screen.key;
    this.screen = screen;
    if (!isSame) this.app.setTitle(screen.route?.title ?? 'Not found');
    await this.updateComplete;
    if (!isFirst && !isSame && screen.route?.layout !== 'bare') {
      this.main?.focus({ preventScroll: true });
      this.main?.scrollTo(0, 0);
    }
    void this.loadAttention();
  }

  private async loadContent(
    route: ScreenRoute | undefined,
    params: Readonly<Record<string, string>>,
  ): Promise<TemplateResult> {
    if (route === undefined) {
      await import('../../screens/not-found/not-found-screen.ts');
      return html`<pb-not-found-screen></pb-not-found-screen>`;
    }
    try {
      return (await route.load())(params);
    } catch (error) {
      this.wanted = ''; // the code could not be fetched: the next attempt loads it again
      return html`<pb-error
        .error=${error}
        .subject=${route.title}
        @pb-retry=${() => {
          this.requestUpdate();
        }}
      ></pb-error>`;
    }
  }

  private async loadAttention(): Promise<void> {
    if (this.app.session.session.get() === undefined) return;
    try {
      this.connectionsToFix = (await this.app.api.call('getRunStats', { query: { buckets: 1 } })).connectionsToFix;
    } catch {
      this.connectionsToFix = 0; // only a hint in the rail: the screens themselves report problems
    }
  }

  private renderRailEntry(entry: RailEntry): TemplateResult {
    const isOn = this.screen?.route?.section === entry.section;
    const count = entry.section === 'connections' ? this.connectionsToFix : 0;
    const words = count === 0 ? entry.label : `${entry.label}, ${count} to fix`;
    return html`<a
      href="/app${entry.path}"
      class="${isOn ? 'is-on' : ''} ${entry.isLow ? 'low' : ''}"
      aria-current=${isOn ? 'page' : nothing}
      title=${this.isRailNarrow ? entry.label : nothing}
    >
      ${icon(entry.icon, 18)}<span>${this.isRailNarrow ? words : entry.label}</span>
      ${
        count === 0
          ? nothing
          : this.isRailNarrow
            ? html`<span class="pip warn" aria-hidden="true"></span>`
            : html`<span class="count count-warn">${count}<span class="vh"> to fix</span></span>`
      }
    </a>`;
  }

  private get isRailNarrow(): boolean {
    return this.isNarrow || this.screen?.route?.layout === 'editor';
  }

  private renderTopbar(): TemplateResult {
    const tenant = this.app.session.session.get()?.tenant.name ?? '';
    return html`<header class="topbar">
      <span class="avatar avatar-20 c" aria-hidden="true">${initialsOf(tenant).slice(0, 1)}</span>
      <span class="tenant cut">${tenant}</span>
      <span class="grow"></span>
      <pb-button variant="ghost" icon="circle-help" label="API documentation" href="/docs"></pb-button>
      <pb-user-menu></pb-user-menu>
    </header>`;
  }

  private renderShell(screen: OpenScreen): TemplateResult {
    const isEditor = screen.route?.layout === 'editor';
    const content = keyed(screen.key, screen.content);
    return html`<div class="app ${this.isRailNarrow ? 'is-narrow' : ''}">
      <a class="brand" href="/app/">${logo()}<span>Patchbay</span></a>
      ${isEditor ? nothing : this.renderTopbar()}
      <nav class="rail" aria-label="Main">${railEntries.map((entry) => this.renderRailEntry(entry))}</nav>
      <main class=${isEditor ? 'editor' : 'page'} tabindex="-1">${content}</main>
    </div>`;
  }

  private renderLost(): TemplateResult | typeof nothing {
    const { connection } = this.app;
    if (!connection.isLost.get()) return nothing;
    return html`<div class="banner banner-warning lost" role="alert">
      ${icon('cloud-off')}<span class="grow">Connection lost. Unsaved edits are kept on this computer.</span>
      <pb-button
        variant="ghost"
        size="small"
        @click=${() => {
          connection.retry();
        }}
        >Retry now</pb-button
      >
    </div>`;
  }

  protected override render(): TemplateResult {
    const { router, session, announcer } = this.app;
    router.location.get(); // read here, so that a new address or a new session opens its screen
    session.session.get();
    if (this.startProblem !== undefined) {
      return html`<main class="bare">
        <pb-error .error=${this.startProblem} subject="Patchbay" @pb-retry=${this.start}></pb-error>
      </main>`;
    }
    const { screen } = this;
    if (screen === undefined) return html``;
    return html`<button type="button" class="btn btn-primary skip" @click=${() => this.main?.focus()}>
        Skip to content
      </button>
      ${
        screen.route?.layout === 'bare'
          ? html`<main class="bare" tabindex="-1">${keyed(screen.key, screen.content)}</main>`
          : this.renderShell(screen)
      }
      ${this.renderLost()}<pb-toasts></pb-toasts>
      <div class="vh" aria-live="polite">${announcer.message.get()}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-app': PbApp;
  }
}
