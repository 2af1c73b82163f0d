import { consume } from '@lit/context';
import { toAppError } from '@patchbay/errors';
import type { ApiVersion } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { audienceCards, audienceStyles, chosenAudience } from '../../connector-lifecycle/audience-cards.ts';
import { audiencesFor, type Audience } from '../../connector-lifecycle/audiences.ts';
import { fieldProblems, problemSentence } from '../../problems/describe-problem.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/button/button.ts';
import '../../ui/checkbox/checkbox.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';

/**
 * @summary Asks whether an API version becomes a connector, for whom, and with which notes; Publish is the confirmation (CH-24).
 * @event pb-version-published - detail: it is a connector now. @event pb-dialog-close
 */
@customElement('pb-component-publish')
export class PbComponentPublish extends PbElement {
  static override styles = [
    baseStyles,
    audienceStyles,
    css`
      form {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      .label {
        margin-bottom: 6px;
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property() flowId = '';
  @property() flowName = '';
  @property({ attribute: false }) version: ApiVersion | undefined;
  /** No version of the flow is a connector yet: the slug can be chosen. */
  @property({ type: Boolean }) first = false;
  @property({ type: Boolean }) open = false;

  @state() private isConnector = true;
  @state() private visibility: Audience['visibility'] | undefined;
  @state() private slug = '';
  @state() private notes = '';
  @state() private failure: unknown;
  @state() private isBusy = false;

  /** What is published for the enterprise can only be widened (T8). */
  private get audiences(): readonly Audience[] {
    const session = this.app.session.session.get();
    const all = session === undefined ? [] : audiencesFor({ owned: true }, session);
    const isWidening = this.version?.connector?.stage === 'published';
    return isWidening ? all.filter(({ visibility }) => visibility === 'catalogue') : all;
  }

  private get chosen(): Audience | undefined {
    return chosenAudience(this.audiences, this.visibility);
  }

  private async publish(): Promise<void> {
    const { version, chosen, isConnector, isBusy } = this;
    if (version === undefined || chosen === undefined || isBusy) return;
    this.isBusy = true;
    this.failure = undefined;
    try {
      const slug = this.slug.trim();
      await this.app.api.call('publishApiVersion', {
        params: { id: this.flowId, version: version.version },
        body: {
          ...{ as: isConnector ? 'connector' : 'api', visibility: chosen.visibility, confirm: true, notes: this.notes },
          ...(slug !== '' && { slug }),
        },
      });
      this.notes = '';
      this.slug = '';
      this.emitLocal('pb-version-published', isConnector);
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }

  private get slugProblem(): string {
    if (this.failure === undefined) return '';
    const isTaken = toAppError(this.failure).code === 'slug_taken';
    return fieldProblems(this.failure)['/slug'] ?? (isTaken ? problemSentence(this.failure) : '');
  }

  private renderConnectorFields(): TemplateResult {
    return html`<div>
        <p class="label" id="scope">Who may use it</p>
        ${audienceCards({
          ...{ audiences: this.audiences, chosen: this.chosen, labelledBy: 'scope' },
          choose: (visibility) => {
            this.visibility = visibility;
          },
        })}
      </div>
      ${
        this.first
          ? html`<pb-input
              label="Slug"
              optional
              help="Empty: made from the name of the flow. It is fixed from then on."
              .value=${this.slug}
              .error=${this.slugProblem}
              @pb-input=${(event: CustomEvent<string>) => {
                this.slug = event.detail;
              }}
            ></pb-input>`
          : nothing
      }
      <pb-input
        label="Notes for those who use it"
        optional
        rows="3"
        .value=${this.notes}
        @pb-input=${(event: CustomEvent<string>) => {
          this.notes = event.detail;
        }}
      ></pb-input>`;
  }

  private renderFailure(): TemplateResult | typeof nothing {
    if (this.failure === undefined || this.slugProblem !== '') return nothing;
    return html`<div class="note note-danger" role="alert">
      ${icon('circle-alert')}
      <div>${problemSentence(this.failure)}</div>
    </div>`;
  }

  protected override render(): TemplateResult {
    const number = this.version?.version ?? '';
    return html`<pb-dialog
      heading="Publish ${this.flowName} ${number}?"
      wide
      ?open=${this.open}
      @pb-dialog-close=${() => this.emitLocal('pb-dialog-close')}
    >
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.publish();
        }}
      >
        <pb-checkbox
          label="Publish as a connector"
          ?checked=${this.isConnector}
          @pb-change=${(event: CustomEvent<boolean>) => {
            this.isConnector = event.detail;
          }}
        ></pb-checkbox>
        ${
          this.isConnector
            ? this.renderConnectorFields()
            : html`<p class="t2">It stays an API: callers use its endpoint, and the marketplace does not list it.</p>`
        }
        ${this.renderFailure()}
      </form>
      <pb-button slot="foot" @click=${() => this.emitLocal('pb-dialog-close')}>Cancel</pb-button>
      <pb-button
        slot="foot"
        variant="primary"
        ?busy=${this.isBusy}
        ?disabled=${this.chosen === undefined}
        @click=${() => void this.publish()}
        >Publish</pb-button
      >
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-component-publish': PbComponentPublish;
  }
}
