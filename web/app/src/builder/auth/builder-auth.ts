import type { Connector } from '@patchbay/api-contract/client';
import type { AuthDefinition, AuthScheme, AuthType } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { plural } from '../../format/numbers.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile } from '../../ui/tile/tile.ts';
import '../../connections/connection-form.ts';
import { lookOfConnector } from '../shell/connector-look.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderTabStyles } from '../shell/builder-styles.ts';
import { renderSection } from '../shell/section-frame.ts';
import '../shell/builder-sections-nav.ts';
import '../shell/builder-side.ts';
import { renderApiKey } from './api-key-settings.ts';
import type { AuthForm } from './auth-form.ts';
import { authStyles } from './auth-styles.ts';
import { authTitle, formFields, newAuth, whatIsLost } from './auth-types.ts';
import { addField } from './credential-edits.ts';
import type { CredentialChange, PbCredentialFields } from './credential-fields.ts';
import './credential-fields.ts';
import { renderOAuth2 } from './oauth2-settings.ts';
import './type-cards.ts';

const noAuth: AuthDefinition = { type: 'none', credential_schema: [] };

/**
 * @summary The tab Auth & Credentials: how the external system checks callers, what a connection has to enter, and the form that
 * people will see (DI-15 to DI-32).
 */
@customElement('pb-builder-auth')
export class PbBuilderAuth extends SignalWatcher(PbElement) {
  static override styles = [...builderTabStyles, authStyles];

  @property({ attribute: false }) session!: BuilderSession;
  @query('pb-credential-fields') private readonly fieldTable?: PbCredentialFields;

  private get scheme(): AuthDefinition {
    return this.session.connector.get().auth_scheme ?? noAuth;
  }

  private get isOff(): boolean {
    return this.session.mode('auth') !== 'edit';
  }

  private readonly change = (patch: object, mergeKey: string): void => {
    // The patch names fields of the type that the scheme has: the parts are typed by it.
    this.session.change({ auth_scheme: { ...this.scheme, ...patch } }, { mergeKey: `auth-${mergeKey}` });
  };

  private async handleType(event: CustomEvent<AuthType>): Promise<void> {
    const { session } = this;
    const lost = whatIsLost(session.connector.get());
    if (lost.length > 0 && !(await this.askLoss(event.detail, lost))) return;
    const change = { auth_scheme: newAuth(event.detail), config: undefined };
    session.change(change, { mergeKey: 'auth-type', isConfirmed: true });
  }

  private askLoss(type: AuthType, lost: readonly string[]): Promise<boolean> {
    return askConfirmation({
      heading: `Change to ${authTitle(type)}?`,
      text: html`Changing the authentication type loses all connector configurations: ${lost.join(', ')}. Overview,
      operations and resilience stay.`,
      action: 'Change and lose them',
      isDanger: true,
    });
  }

  private renderImpact(): TemplateResult | typeof nothing {
    const { stage, connection_count: count } = this.session.connector.get();
    if (this.isOff || stage === 'draft' || count === 0) return nothing;
    return html`<div class="note note-warning">
      ${icon('triangle-alert')}<span
        >Some changes here, such as grant type, client ID, client secret or addresses, make
        <b class="medium">${plural(count, 'connection')}</b> reconnect. You see the list before anything is saved.</span
      >
    </div>`;
  }

  private renderSettings(): TemplateResult | typeof nothing {
    const { scheme, session, isOff, change } = this;
    const form = { session, isOff, change } satisfies Omit<AuthForm, 'scheme'>;
    if (scheme.type === 'api_key') return this.renderPart('API Key', renderApiKey({ ...form, scheme }));
    if (scheme.type === 'oauth2') return this.renderPart('OAuth2', renderOAuth2({ ...form, scheme }));
    return nothing;
  }

  private renderPart(title: string, content: TemplateResult): TemplateResult {
    return html`<div class="part">
      <h3 class="h2">${title}</h3>
      ${content}
    </div>`;
  }

  private renderMethod(): TemplateResult {
    const isDraft = this.session.connector.get().stage === 'draft';
    return html`<pb-auth-types
        .value=${this.scheme.type}
        ?disabled=${this.isOff || !isDraft}
        @pb-auth-type=${this.handleType}
      ></pb-auth-types>
      ${isDraft ? nothing : html`<p class="help fixed-type">The authentication type is fixed since the connector is ready.</p>`}
      ${this.renderImpact()}${this.renderSettings()}${this.renderFields()}`;
  }

  private renderFields(): TemplateResult | typeof nothing {
    const { scheme, isOff, session } = this;
    if (scheme.type === 'none' && scheme.credential_schema.length === 0) return nothing;
    return html`<div class="part" id="section-fields" tabindex="-1">
      <header class="row">
        <h3 class="h2 grow">Credential fields</h3>
        ${isOff ? nothing : html`<pb-button size="small" icon="plus" @click=${this.handleAdd}>Add field</pb-button>`}
      </header>
      <p class="lead">
        What somebody enters to connect, in this order. Sensitive values are encrypted and never shown again.
      </p>
      <pb-credential-fields
        .fields=${scheme.credential_schema}
        .errorFor=${(path: string) => session.errorFor(`/auth_scheme/credential_schema/${path}`)}
        ?disabled=${isOff}
        @pb-credential-change=${(event: CustomEvent<CredentialChange>) => {
          this.change({ credential_schema: event.detail.fields }, event.detail.mergeKey);
        }}
      ></pb-credential-fields>
    </div>`;
  }

  private handleAdd(): void {
    const fields = addField(this.scheme.credential_schema);
    this.change({ credential_schema: fields }, 'add-field');
    void this.updateComplete.then(() => this.fieldTable?.focusField(fields.length - 1));
  }

  private renderPreview(): TemplateResult {
    const connector = this.session.connector.get();
    const name = connector.name === '' ? 'the connector' : connector.name;
    return html`<section aria-labelledby="preview">
      <header class="row">
        <h2 class="h2" id="preview">What people will see</h2>
        <span class="end small t3">Live preview</span>
      </header>
      <div class="frame">
        <div class="card" inert>
          <div class="row">${tile(lookOfConnector(connector), 28)}<b class="h2 cut">Connect ${name}</b></div>
          <pb-connection-form no-cancel .preview=${previewOf(connector, this.scheme)}></pb-connection-form>
        </div>
      </div>
    </section>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { name } = session.connector.get();
    const hasFields = this.scheme.type !== 'none' || this.scheme.credential_schema.length > 0;
    return html`<div class="bgrid">
      <pb-builder-sections
        .items=${[
          { id: 'section-auth', label: 'Method' },
          ...(hasFields ? [{ id: 'section-fields', label: 'Credential fields' }] : []),
        ]}
      ></pb-builder-sections>
      <div class="bmain">
        ${renderSection(session, {
          section: 'auth',
          title: `How ${name === '' ? 'the system' : name} checks callers`,
          content: this.renderMethod(),
        })}
      </div>
      <aside class="side" aria-label="Preview and progress">
        ${this.renderPreview()}<pb-builder-side .session=${session}></pb-builder-side>
      </aside>
    </div>`;
  }
}

/** The draft as the connection form reads it: its name and how to sign in. */
function previewOf(connector: Connector, auth: AuthDefinition): Connector {
  const fields = [...formFields(auth)];
  const scheme: AuthScheme =
    auth.type === 'oauth2'
      ? {
          ...{ type: 'oauth2', fields, grantType: auth.grant_type, heldBy: auth.held_by, scopes: auth.oauth_scopes },
          ...{ clientIdField: 'client_id', clientSecretField: 'client_secret', scopeDelimiter: auth.scope_delimiter },
        }
      : { type: 'none', fields };
  const name = connector.name === '' ? 'This connector' : connector.name;
  // A draft has no manifest; the form reads nothing else of it.
  return { ...connector, name, manifest: { auth: [scheme] } as unknown as NonNullable<Connector['manifest']> };
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-auth': PbBuilderAuth;
  }
}
