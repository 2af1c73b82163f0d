import { isAppError } from '@patchbay/errors';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plural } from '../../format/numbers.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import type { BuilderSession } from './builder-session.ts';

/** A connection that would lose its authorization, as the refusal names it. */
interface Affected {
  readonly id: string;
  readonly name: string;
}

/**
 * @summary What saving has to ask: configuration would be lost, or connections would have to be authorised again.
 */
@customElement('pb-save-dialogs')
export class PbSaveDialogs extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      ul {
        margin: 12px 0;
        max-height: 240px;
        overflow: auto;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        border-top: 1px solid var(--hairline);
      }
    `,
  ];

  @property({ attribute: false }) session!: BuilderSession;

  private renderConfirm(error: unknown): TemplateResult {
    const { code, message } = isAppError(error) ? error : { code: '', message: String(error) };
    const isLoss = code === 'auth_type_change_resets_configuration';
    const affected = affectedBy(error);
    return html`<pb-dialog
      heading=${isLoss ? 'Change the authentication type?' : 'Connections have to be authorised again'}
      alert
      open
      @pb-dialog-close=${this.takeBack}
    >
      <p>
        ${
          isLoss || affected.length === 0
            ? message
            : `${plural(affected.length, 'connection')} will stop working until somebody authorises ${affected.length === 1 ? 'it' : 'them'} again:`
        }
      </p>
      ${
        affected.length === 0
          ? nothing
          : html`<ul>
              ${affected.map(({ id, name }) => html`<li>${icon('cable')}<a href="/app/connections/${id}">${name}</a></li>`)}
            </ul>`
      }
      <pb-button slot="foot" autofocus @click=${this.takeBack}>Cancel</pb-button>
      <pb-button slot="foot" variant="danger" @click=${() => this.session.flush({ isConfirmed: true })}
        >${isLoss ? 'Change and lose the configuration' : 'Save and let them reconnect'}</pb-button
      >
    </pb-dialog>`;
  }

  /** Cancel: the authentication goes back to what is stored, the rest of the edits stays. */
  private takeBack(): void {
    this.session.cancel('auth');
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.session.saving.get();
    return state.kind === 'confirm' ? this.renderConfirm(state.error) : nothing;
  }
}

/** Connections that a refusal lists in `details.references`. */
function affectedBy(error: unknown): readonly Affected[] {
  if (!isAppError(error)) return [];
  const { references } = error.details as { references?: { connections?: Affected[] } | Affected[] };
  if (Array.isArray(references)) return references;
  return references?.connections ?? [];
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-save-dialogs': PbSaveDialogs;
  }
}
