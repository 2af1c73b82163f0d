import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { Connection, Connector } from '@patchbay/api-contract/client';
import type { AuthScheme, CredentialField } from '@patchbay/manifest';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { durationWords } from '../format/time.ts';
import { authWord } from '../format/words.ts';
import { fieldProblems, problemSentence } from '../problems/describe-problem.ts';
import { appContext, type AppContext } from '../shell/app-context.ts';
import { renderLoaded } from '../shell/loading/render-loaded.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { glyph } from '../ui/glyph/glyph.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import { openConsentWindow, waitForConsent, type ConsentEnd } from './consent-window.ts';
import { saveAndTest, type TestOutcome } from './save-connection.ts';
import '../ui/button/button.ts';
import '../ui/input/input.ts';
import '../ui/segmented/segmented.ts';
import './scope-choice.ts';

/** A saved connection, as told by `pb-connection-saved`. */
export interface SavedConnection {
  readonly id: string;
  readonly name: string;
  readonly isHealthy: boolean;
}

/**
 * @summary Creates or changes a connection: name, sign-in method, the credential fields of the connector with their help; saves, then tests.
 * @event pb-connection-saved - The connection is stored and its test has ended; detail is a {@link SavedConnection}.
 * @event pb-cancel - The person does not want it.
 */
@customElement('pb-connection-form')
export class PbConnectionForm extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      .foot {
        display: flex;
        gap: 8px;
        align-items: center;
        padding-top: 4px;
      }
      .result {
        flex-direction: column;
        gap: 4px;
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  /** Slug of the connector. */
  @property() connector = '';
  /** The connection to change; absent: a new one. */
  @property({ attribute: false }) connection?: Connection;
  /** Shown as it will be, without loading or saving anything: the Connector Builder draws its draft with it. */
  @property({ attribute: false }) preview?: Connector;
  /** No Cancel button, for a page of its own. */
  @property({ type: Boolean, attribute: 'no-cancel' }) isWithoutCancel = false;

  @state() private name = '';
  @state() private authType = '';
  @state() private values: Readonly<Record<string, string>> = {};
  /** Undefined: all scopes of the connector. */
  @state() private scopes: readonly string[] | undefined;
  @state() private problems: Readonly<Record<string, string>> = {};
  @state() private failure = '';
  @state() private phase: 'editing' | 'saving' | 'authorizing' | 'testing' = 'editing';
  /** Where a person agrees, if the browser would not open a window for it. */
  @state() private consentAddress = '';
  @state() private outcome: TestOutcome | undefined;
  /** Set once the first save worked, so that a second try changes it and makes no second one. */
  private saved?: { readonly id: string; readonly revision: number };

  private readonly load = new Task(this, {
    task: async ([slug, preview], { signal }) =>
      preview ?? (await this.app.api.call('getConnector', { params: { id: slug }, signal }))._source,
    args: () => [this.connector, this.preview] as const,
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('connection') && this.connection !== undefined) {
      const { name, authType, credentials, id, revision } = this.connection;
      this.name = name;
      this.authType = authType;
      this.values = Object.fromEntries(Object.entries(credentials).filter(([, value]) => value !== '******'));
      this.saved = { id, revision };
    }
  }

  private schemeOf(connector: Connector): AuthScheme | undefined {
    const auth = connector.manifest?.auth ?? [];
    return auth.find((scheme) => scheme.type === this.authType) ?? auth[0];
  }

  private isStored(field: CredentialField): boolean {
    return this.connection?.credentials[field.name] === '******' && this.values[field.name] === undefined;
  }

  private async handleSubmit(event: Event, connector: Connector): Promise<void> {
    event.preventDefault();
    const scheme = this.schemeOf(connector);
    if (this.preview !== undefined || this.phase !== 'editing') return;
    if (scheme === undefined || !this.check(connector, scheme)) return;
    // Before anything is awaited: later the browser would block the window.
    const popup = needsConsent(scheme) ? openConsentWindow() : null;
    this.phase = 'saving';
    this.failure = '';
    this.outcome = undefined;
    this.consentAddress = '';
    try {
      const result = await saveAndTest(this.app.api, {
        saved: this.saved,
        connector: connector.slug,
        name: this.nameFor(connector),
        authType: scheme.type,
        credentials: this.credentialsFor(scheme),
        scopes: scheme.type === 'oauth2' ? this.scopes : undefined,
        canTest: connector.manifest?.connectionTest !== undefined,
        onSaved: (saved) => {
          this.saved = saved;
          this.phase = 'testing';
        },
        askConsent: needsConsent(scheme) ? (address, id) => this.askConsent(popup, address, id) : undefined,
      });
      this.outcome = result.outcome;
      if (result.outcome.isHealthy) this.tellSaved();
    } catch (error) {
      popup?.close();
      this.problems = fieldProblems(error);
      this.failure = problemSentence(error);
    } finally {
      this.phase = 'editing';
    }
  }

  private async askConsent(popup: Window | null, address: string, id: string): Promise<ConsentEnd> {
    if (popup === null) {
      this.consentAddress = address;
      return 'closed';
    }
    this.phase = 'authorizing';
    const end = await waitForConsent(popup, address, id);
    this.phase = 'testing';
    return end;
  }

  private tellSaved(): void {
    if (this.saved === undefined) return;
    const isHealthy = this.outcome?.isHealthy ?? false;
    this.emit<SavedConnection>('pb-connection-saved', { id: this.saved.id, name: this.name, isHealthy });
  }

  private nameFor(connector: Connector): string {
    if (this.name.trim() === '') this.name = connector.name;
    return this.name.trim();
  }

  private check(connector: Connector, scheme: AuthScheme): boolean {
    const missing = scheme.fields.filter(
      (field) => field.required && !this.isStored(field) && (this.values[field.name] ?? field.default ?? '') === '',
    );
    const hasNoScope = scheme.type === 'oauth2' && this.scopes?.length === 0;
    const fields = missing.map((field) => [`/credentials/${field.name}`, `${connector.name} needs this.`] as const);
    this.problems = {
      ...Object.fromEntries(fields),
      ...(hasNoScope && { '/oauth_scopes': 'Choose one at least.' }),
    };
    const isComplete = missing.length === 0 && !hasNoScope;
    if (!isComplete) this.failure = '';
    return isComplete;
  }

  private credentialsFor(scheme: AuthScheme): Record<string, string> {
    return Object.fromEntries(
      scheme.fields.flatMap((field) => {
        const value = this.isStored(field) ? '******' : (this.values[field.name] ?? field.default ?? '');
        return value === '' ? [] : [[field.name, value]];
      }),
    );
  }

  private renderField(field: CredentialField): TemplateResult {
    return html`<pb-input
      .label=${field.label}
      .type=${field.type === 'password' ? 'password' : 'text'}
      .help=${field.help}
      .placeholder=${this.isStored(field) ? 'Stored. Type to replace it.' : ''}
      .error=${this.problems[`/credentials/${field.name}`]}
      ?required=${field.required}
      ?optional=${!field.required}
      autocomplete="off"
      .value=${this.values[field.name] ?? (this.isStored(field) ? '' : (field.default ?? ''))}
      @pb-input=${(event: CustomEvent<string>) => {
        const { [field.name]: _before, ...rest } = this.values;
        this.values = event.detail === '' ? rest : { ...rest, [field.name]: event.detail };
      }}
    ></pb-input>`;
  }

  /** The scopes can be narrowed where there is a choice, and only when the connection is made. */
  private renderScopes(scheme: AuthScheme | undefined): TemplateResult | typeof nothing {
    if (scheme?.type !== 'oauth2' || scheme.scopes.length < 2 || this.saved !== undefined) return nothing;
    return html`<pb-scope-choice
      .scopes=${scheme.scopes}
      .chosen=${this.scopes ?? scheme.scopes}
      .error=${this.problems['/oauth_scopes'] ?? ''}
      @pb-change=${(event: CustomEvent<readonly string[]>) => {
        this.scopes = event.detail;
      }}
    ></pb-scope-choice>`;
  }

  private renderScheme(connector: Connector, scheme: AuthScheme | undefined): TemplateResult | typeof nothing {
    const auth = connector.manifest?.auth ?? [];
    if (auth.length < 2 || this.saved !== undefined) return nothing;
    return html`<div class="field">
      <span class="label">Sign-in</span>
      <pb-segmented
        label="Sign-in"
        tall
        .value=${scheme?.type ?? ''}
        .items=${auth.map(({ type }) => ({ value: type, label: authWord(type) }))}
        @pb-change=${(event: CustomEvent<string>) => {
          this.authType = event.detail;
          this.scopes = undefined;
        }}
      ></pb-segmented>
    </div>`;
  }

  private renderWarning({ message }: TestOutcome): TemplateResult {
    const isConsent = this.consentAddress !== '';
    return html`<div class="note note-warning" role="alert">
      ${icon('triangle-alert')}
      <div>
        <p class="medium">${isConsent ? 'Saved, but not authorized yet' : 'Saved, but it does not work yet'}</p>
        <p>
          ${isConsent ? html`<a href=${this.consentAddress} target="_blank">Open the sign-in page</a> and agree there.` : message}
        </p>
      </div>
    </div>`;
  }

  private renderOutcome(): TemplateResult | typeof nothing {
    if (this.phase === 'authorizing')
      return html`<div class="note" role="status">
        ${glyph('running')}<span>Sign in and agree in the window that opened.</span>
      </div>`;
    if (this.phase === 'testing')
      return html`<div class="note" role="status">${glyph('running')}<span>Saved. Testing the connection.</span></div>`;
    if (this.failure !== '')
      return html`<div class="note note-danger" role="alert">${icon('circle-alert')}<span>${this.failure}</span></div>`;
    const { outcome } = this;
    if (outcome === undefined) return nothing;
    if (outcome.isHealthy) {
      const time = outcome.durationMs === undefined ? '' : ` Answered in ${durationWords(outcome.durationMs)}.`;
      return html`<div class="note" role="status">${glyph('succeeded')}<span>${outcome.message}${time}</span></div>`;
    }
    return this.renderWarning(outcome);
  }

  private renderForm(connector: Connector): TemplateResult {
    const scheme = this.schemeOf(connector);
    const fields = scheme?.fields ?? [];
    const isBusy = this.phase !== 'editing';
    return html`<form
      novalidate
      autocomplete="off"
      @submit=${(event: Event) => void this.handleSubmit(event, connector)}
    >
      <pb-input
        label="Name"
        help="How people find it in a flow."
        .placeholder=${connector.name}
        .error=${this.problems['/name']}
        .value=${this.name}
        @pb-input=${(event: CustomEvent<string>) => {
          this.name = event.detail;
        }}
      ></pb-input>
      ${this.renderScheme(connector, scheme)} ${fields.map((field) => this.renderField(field))}
      ${this.renderScopes(scheme)}
      ${fields.length === 0 ? html`<p class="help">${connector.name} needs no credentials.</p>` : nothing}
      ${this.renderOutcome()}
      <div class="foot">
        <pb-button variant="primary" type="submit" ?busy=${isBusy}>${submitWords(connector, scheme)}</pb-button>
        ${
          this.outcome !== undefined && !this.outcome.isHealthy
            ? html`<pb-button @click=${this.tellSaved}>Keep it as it is</pb-button>`
            : nothing
        }
        ${
          this.isWithoutCancel
            ? nothing
            : html`<pb-button variant="ghost" ?disabled=${isBusy} @click=${() => this.emit('pb-cancel')}
                >Cancel</pb-button
              >`
        }
      </div>
    </form>`;
  }

  protected override render(): unknown {
    return renderLoaded(this.load, {
      subject: 'The connector',
      skeleton: html`<pb-skeleton shape="text" count="3"></pb-skeleton>`,
      complete: (connector) => this.renderForm(connector),
    });
  }
}

/** True if a person has to agree at an authorization server. */
function needsConsent(scheme: AuthScheme): boolean {
  return scheme.type === 'oauth2' && scheme.grantType === 'authorization_code';
}

function submitWords(connector: Connector, scheme: AuthScheme | undefined): string {
  if (scheme !== undefined && needsConsent(scheme)) return 'Save and authorize';
  return connector.manifest?.connectionTest ? 'Save and test' : 'Save';
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-connection-form': PbConnectionForm;
  }
}
