import { oauthCallbackPath } from '@patchbay/api-contract/client';
import type { AuthDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import '../../ui/copy-field/copy-field.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import '../../ui/token-input/token-input.ts';
import { authError, type AuthForm } from './auth-form.ts';

type OAuth2Scheme = Extract<AuthDefinition, { type: 'oauth2' }>;
type OAuth2Form = AuthForm<OAuth2Scheme>;
type UrlName = 'authorize_url' | 'token_url' | 'refresh_url';

/** Grant, addresses, scopes, and whose application it is (DI-19, DI-32, requirements 5.10). */
export function renderOAuth2(form: OAuth2Form): TemplateResult {
  const { scheme } = form;
  const isCode = scheme.grant_type === 'authorization_code';
  return html`<div class="form2">
    ${renderGrant(form)} ${renderHolder(form)}
    ${
      isCode
        ? html`<div class="field wide">
              <span class="label">Redirect URL</span>
              <pb-copy-field label="redirect URL" .value=${location.origin + oauthCallbackPath}></pb-copy-field>
              <p class="help">Enter it where the application is registered in the external system.</p>
            </div>
            ${renderUrl(form, 'authorize_url', { label: 'Authorize URL' })}`
        : nothing
    }
    ${renderUrl(form, 'token_url', { label: 'Token URL', help: 'Empty: the credential field token_url holds it.' })}
    ${renderUrl(form, 'refresh_url', { label: 'Refresh URL', help: 'Empty: the token URL.' })} ${renderScopes(form)}
    ${scheme.held_by === 'connector' ? renderClient(form) : nothing}
  </div>`;
}

function renderGrant({ scheme, isOff, change }: OAuth2Form): TemplateResult {
  return html`<pb-select
    label="Grant type"
    .value=${scheme.grant_type}
    .options=${[
      { value: 'client_credentials', label: 'Client credentials' },
      { value: 'authorization_code', label: 'Authorization code' },
    ]}
    ?disabled=${isOff}
    @pb-change=${(event: CustomEvent<OAuth2Scheme['grant_type']>) => {
      change({ grant_type: event.detail }, 'grant_type');
    }}
  ></pb-select>`;
}

function renderHolder({ scheme, isOff, change }: OAuth2Form): TemplateResult {
  return html`<pb-select
    label="Client ID and secret"
    help=${
      scheme.held_by === 'connector'
        ? 'One application for all connections; people only sign in.'
        : 'Everybody who connects enters their own application.'
    }
    .value=${scheme.held_by}
    .options=${[
      { value: 'connection', label: 'Entered per connection' },
      { value: 'connector', label: 'Held by the connector' },
    ]}
    ?disabled=${isOff}
    @pb-change=${(event: CustomEvent<OAuth2Scheme['held_by']>) => {
      change({ held_by: event.detail }, 'held_by');
    }}
  ></pb-select>`;
}

function renderUrl(
  form: OAuth2Form,
  name: UrlName,
  words: { readonly label: string; readonly help?: string },
): TemplateResult {
  return html`<pb-input
    label=${words.label}
    help=${words.help ?? ''}
    mono
    .value=${form.scheme[name] ?? ''}
    .error=${authError(form, name)}
    ?disabled=${form.isOff}
    @pb-input=${(event: CustomEvent<string>) => {
      const text = event.detail.trim();
      form.change({ [name]: text === '' ? undefined : text }, name);
    }}
  ></pb-input>`;
}

function renderScopes(form: OAuth2Form): TemplateResult {
  const { scheme, session, isOff, change } = form;
  const stored = session.stored.get();
  const before =
    stored.stage !== 'draft' && stored.auth_scheme?.type === 'oauth2' ? stored.auth_scheme.oauth_scopes : [];
  return html`<pb-token-input
      class="wide"
      label="Scopes"
      mono
      help=${
        before.length > 0
          ? 'Scopes can be added. Those that are there stay: existing connections were granted them.'
          : 'Enter, space or comma adds one.'
      }
      .value=${scheme.oauth_scopes}
      .fixed=${before}
      .separator=${/[\s,]+/}
      .error=${authError(form, 'oauth_scopes')}
      ?disabled=${isOff}
      @pb-change=${(event: CustomEvent<string[]>) => {
        change({ oauth_scopes: event.detail }, 'oauth_scopes');
      }}
    ></pb-token-input>
    <pb-select
      label="Scopes are sent apart by"
      .value=${scheme.scope_delimiter}
      .options=${[
        { value: ' ', label: 'Space' },
        { value: ',', label: 'Comma' },
        { value: '+', label: 'Plus' },
      ]}
      ?disabled=${isOff}
      @pb-change=${(event: CustomEvent<OAuth2Scheme['scope_delimiter']>) => {
        change({ scope_delimiter: event.detail }, 'scope_delimiter');
      }}
    ></pb-select>
    <span></span>`;
}

/** The client that all connections share: kept with the settings of the connector, the secret sealed. */
function renderClient({ session, isOff }: OAuth2Form): TemplateResult {
  const config = session.connector.get().config ?? {};
  const isStored = config['client_secret'] === '******';
  const put = (name: string, value: string): void => {
    session.change({ config: { ...config, [name]: value === '' ? undefined : value } }, { mergeKey: `config-${name}` });
  };
  return html`<pb-input
      label="Client ID"
      mono
      .value=${textOf(config['client_id'])}
      .error=${session.errorFor('/config/client_id')}
      ?disabled=${isOff}
      @pb-input=${(event: CustomEvent<string>) => {
        put('client_id', event.detail);
      }}
    ></pb-input>
    <pb-input
      label="Client secret"
      type="password"
      placeholder=${isStored ? 'Stored. Type to replace it.' : ''}
      .value=${isStored ? '' : textOf(config['client_secret'])}
      .error=${session.errorFor('/config/client_secret')}
      ?disabled=${isOff}
      @pb-change=${(event: CustomEvent<string>) => {
        if (event.detail !== '' || !isStored) put('client_secret', event.detail);
      }}
    ></pb-input>`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
