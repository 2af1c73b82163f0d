import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { changeStep } from '@patchbay/canvas-core';
import type { StepOf } from '@patchbay/flow-model';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { FlowSession } from '../../canvas/editor/flow-session.ts';
import { newerVersion } from '../../canvas/editor/newer-version.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { describeUpdate, type UpdateFacts } from './describe-update.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';

/**
 * @summary The pinned version of the connector of a step; with a dot when a newer one is published. It is taken only by hand, after
 * its changes and the mappings that they touch were shown.
 */
@customElement('pb-step-update')
export class PbStepUpdate extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        grid-column: 1 / -1;
        font-size: var(--fs-12);
      }
      .dot {
        color: var(--accent);
      }
      .deprecation {
        margin-top: 6px;
        padding: 6px 8px;
      }
      .deprecation a {
        text-decoration: underline;
      }
      h3 {
        margin: 16px 0 6px;
      }
      li {
        padding: 2px 0;
        line-height: 18px;
      }
    `,
  ];

  @property({ attribute: false }) session!: FlowSession;
  @property({ attribute: false }) step!: StepOf<'operation'>;
  @property({ type: Boolean }) readonly = false;

  @state() private isOpen = false;

  /** The newest published version, when the step has another, older one. */
  private get newer(): ConnectorManifest | undefined {
    const { catalog } = this.session;
    const { connector, version } = this.step;
    const newer = newerVersion(catalog.connectors.get(), { connector, version });
    return newer === undefined ? undefined : catalog.manifestOf(connector, newer);
  }

  private facts(newer: ConnectorManifest): UpdateFacts | undefined {
    const { step, session } = this;
    const pinned = session.catalog.manifestOf(step.connector, step.version);
    if (pinned === undefined) return undefined;
    return describeUpdate({ step, document: session.state.get().document }, pinned, newer);
  }

  private take(newer: ConnectorManifest): void {
    this.isOpen = false;
    this.session.run(changeStep({ ...this.step, version: newer.version }, '/version'));
    this.emit('pb-announce', `${this.step.title} uses version ${newer.version} now.`);
  }

  private renderDialog(newer: ConnectorManifest): TemplateResult {
    const facts = this.facts(newer);
    const list = (lines: readonly string[], none: string): TemplateResult =>
      lines.length === 0
        ? html`<p class="t2">${none}</p>`
        : html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`;
    const close = (): void => {
      this.isOpen = false;
    };
    return html`<pb-dialog
      heading="Update ${newer.name} to ${newer.version}?"
      ?open=${this.isOpen}
      @pb-dialog-close=${close}
    >
      <p class="t2">This step uses ${this.step.version}. Other steps keep theirs.</p>
      <h3 class="h3">What changes</h3>
      ${list(facts?.changes ?? [], 'Nothing for this operation.')}
      <h3 class="h3">Affected mappings</h3>
      ${list(facts?.affected ?? [], 'None.')}
      <pb-button slot="foot" @click=${close}>Keep ${this.step.version}</pb-button>
      <pb-button
        slot="foot"
        variant="primary"
        @click=${() => {
          this.take(newer);
        }}
        >Update to ${newer.version}</pb-button
      >
    </pb-dialog>`;
  }

  protected override render(): TemplateResult {
    const { newer } = this;
    const { connector, version } = this.step;
    const deprecation = this.session.catalog.deprecationOf(connector, version);
    return html`<div class="row">
        <span class="t3">Version <span class="num">${version}</span></span>
        ${
          newer === undefined || this.readonly
            ? nothing
            : html`<button
                type="button"
                class="btn btn-link small"
                @click=${() => {
                  this.isOpen = true;
                }}
              >
                <span class="dot"></span>Update available: ${newer.version} ${icon('chevron-right', 12)}
              </button>`
        }
      </div>
      ${deprecationBanner({ version, deprecation }, { isSmall: true })}
      ${newer === undefined ? nothing : this.renderDialog(newer)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-step-update': PbStepUpdate;
  }
}
