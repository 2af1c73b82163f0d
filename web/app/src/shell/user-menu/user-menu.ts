import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { initialsOf } from '../../format/initials.ts';
import { SignalWatcher } from '../../store/signals.ts';
import type { Theme } from '../../store/theme-store.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { appContext, type AppContext } from '../app-context.ts';
import '../../ui/menu/menu.ts';

/**
 * @summary Who is signed in, the theme, and signing out.
 */
@customElement('pb-user-menu')
export class PbUserMenu extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  private async handleSelect(event: CustomEvent<string>): Promise<void> {
    const { router, theme, session, toasts } = this.app;
    const [kind, value] = event.detail.split(':');
    if (kind === 'theme') theme.choose(value as Theme); // the ids below are the only ones
    if (kind === 'settings') router.navigate('/settings/profile');
    if (kind !== 'sign-out') return;
    try {
      await session.signOut();
      router.navigate('/sign-in');
    } catch (error) {
      toasts.showProblem(error);
    }
  }

  protected override render(): TemplateResult {
    const user = this.app.session.session.get()?.user;
    const theme = this.app.theme.theme.get();
    const themes = [
      ['system', 'Theme of the system'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ] as const;
    return html`<pb-menu
      plain
      .label=${`Account of ${user?.name ?? 'nobody'}`}
      .items=${
        [
          { id: 'settings', label: 'Settings', icon: 'settings' },
          ...themes.map(([id, label]) => ({
            id: `theme:${id}`,
            label,
            checked: theme === id,
            hasLineAbove: id === 'system',
          })),
          { id: 'sign-out', label: 'Sign out', icon: 'log-out', hasLineAbove: true },
        ] satisfies MenuItem[]
      }
      @pb-menu-select=${this.handleSelect}
    >
      <span slot="trigger" class="avatar" aria-hidden="true">${initialsOf(user?.name ?? '')}</span>
      <span slot="trigger" class="vh">Account of ${user?.name ?? 'nobody'}</span>
    </pb-menu>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-user-menu': PbUserMenu;
  }
}
