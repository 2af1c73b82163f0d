import type { ApiKeyParameter, AuthDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import '../../ui/button/button.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import { authError, type AuthForm } from './auth-form.ts';

type ApiKeyForm = AuthForm<Extract<AuthDefinition, { type: 'api_key' }>>;

const mostParameters = 10;

/** Where the key goes (DI-17, DI-29): name, header or query, the field that holds it, and what stands before it. */
export function renderApiKey(form: ApiKeyForm): TemplateResult {
  const { scheme, isOff } = form;
  return html`<div class="rows">
      ${scheme.parameters.map((parameter, index) => renderParameter(form, parameter, index))}
      ${scheme.parameters.length === 0 ? html`<p class="t2">The key goes nowhere yet: add a parameter.</p>` : nothing}
    </div>
    <div class="form2">
      <pb-input
        label="Key prefix"
        mono
        placeholder="For example Token"
        help="Put before the key as it stands, with its space. Empty: the bare key is sent."
        .value=${scheme.key_prefix}
        .error=${authError(form, 'key_prefix')}
        ?disabled=${isOff}
        @pb-input=${(event: CustomEvent<string>) => {
          form.change({ key_prefix: event.detail }, 'key_prefix');
        }}
      ></pb-input>
      ${
        isOff || scheme.parameters.length >= mostParameters
          ? nothing
          : html`<div class="below-label">
              <pb-button
                icon="plus"
                @click=${() => {
                  form.change({ parameters: [...scheme.parameters, { key: 'X-Key', location: 'header' }] }, 'add');
                }}
                >Add parameter</pb-button
              >
            </div>`
      }
    </div>`;
}

function renderParameter(form: ApiKeyForm, parameter: ApiKeyParameter, index: number): TemplateResult {
  const { scheme, isOff } = form;
  const put = (patch: Partial<ApiKeyParameter>): void => {
    const parameters = scheme.parameters.map((other, at) => (at === index ? { ...other, ...patch } : other));
    form.change({ parameters }, `parameter-${index}-${Object.keys(patch).join()}`);
  };
  const where = scheme.parameters.length > 1 ? ` ${index + 1}` : '';
  return html`<div class="parameter">
    <pb-input
      label="${parameter.location === 'header' ? 'Header name' : 'Parameter name'}${where}"
      mono
      .value=${parameter.key}
      .error=${authError(form, `parameters/${index}/key`)}
      ?disabled=${isOff}
      @pb-input=${(event: CustomEvent<string>) => {
        put({ key: event.detail });
      }}
    ></pb-input>
    <pb-select
      label="Goes in${where}"
      .value=${parameter.location}
      .options=${[
        { value: 'header', label: 'Header' },
        { value: 'query', label: 'Query parameter' },
      ]}
      ?disabled=${isOff}
      @pb-change=${(event: CustomEvent<ApiKeyParameter['location']>) => {
        put({ location: event.detail });
      }}
    ></pb-select>
    <pb-select
      label="Holds the value of${where}"
      .value=${parameter.field ?? scheme.credential_schema[0]?.name ?? ''}
      .options=${scheme.credential_schema.map(({ name, label }) => ({ value: name, label }))}
      .error=${authError(form, `parameters/${index}/field`)}
      ?disabled=${isOff}
      @pb-change=${(event: CustomEvent<string>) => {
        put({ field: event.detail });
      }}
    ></pb-select>
    ${
      isOff || scheme.parameters.length < 2
        ? nothing
        : html`<pb-button
            variant="ghost"
            icon="trash-2"
            label="Remove parameter ${parameter.key}"
            @click=${() => {
              form.change({ parameters: scheme.parameters.filter((_, at) => at !== index) }, 'remove');
            }}
          ></pb-button>`
    }
  </div>`;
}
