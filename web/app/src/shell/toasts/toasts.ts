import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { SignalWatcher } from '../../store/signals.ts';
import type { Toast } from '../../store/toast-store.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { appContext, type AppContext } from '../app-context.ts';
import '../../ui/button/button.ts';

/**
 * @summary The toasts at the lower right. Read politely; an error is read at once.
 */
@customElement('pb-toasts')
export class PbToasts extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        right: 16px;
        bottom: 16px;
        z-index: var(--z-toast);
        display: flex;
        flex-direction: column;
        gap: 8px;
      }
      .toast {
        max-width: calc(100vw - 32px);
      }
      .toast .act {
        color: var(--accent);
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  private renderToast(toast: Toast): TemplateResult {
    const { action } = toast;
    const mark = { success: glyph('succeeded'), danger: glyph('failed'), neutral: icon('info') }[toast.tone];
    return html`<div class="toast" role=${toast.tone === 'danger' ? 'alert' : 'status'}>
      ${mark}<span class="grow">${toast.text}</span>
      ${
        action
          ? html`<button
              type="button"
              class="btn btn-ghost btn-small act"
              @click=${() => {
                action.run();
                this.app.toasts.close(toast.id);
              }}
            >
              ${action.label}
            </button>`
          : nothing
      }
      <pb-button
        variant="ghost"
        size="tiny"
        icon="x"
        label="Close message"
        @click=${() => {
          this.app.toasts.close(toast.id);
        }}
      ></pb-button>
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.app.toasts.toasts.get(),
      (toast) => toast.id,
      (toast) => this.renderToast(toast),
    )}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-toasts': PbToasts;
  }
}
