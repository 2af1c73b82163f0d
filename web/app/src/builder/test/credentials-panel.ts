import type { CredentialFieldDefinition } from '@patchbay/manifest';
import { html, type nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/icon/icon.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderPath } from '../shell/builder-path.ts';
import { visitOf } from './test-visit.ts';
import '../../ui/input/input.ts';

/** The credential fields of the connector for this visit; nothing to fill when the type is None (DI-68). */
export function renderCredentials(session: BuilderSession, missing: readonly string[]): TemplateResult {
  const { auth_scheme: auth } = session.connector.get();
  const fields = auth === undefined || auth.type === 'none' ? [] : auth.credential_schema;
  return html`<section class="credentials" aria-labelledby="credentials">
    <header class="row">
      <h2 class="h3" id="credentials">Test credentials</h2>
      <a class="end small" href="/app${builderPath(session, 'auth')}">Fields</a>
    </header>
    ${
      fields.length === 0
        ? html`<p class="help">
            ${auth?.type === 'none' ? 'This connector needs none.' : 'No credential fields are defined yet.'}
          </p>`
        : html`<div class="fields">${fields.map((field) => renderField(session, field, missing))}</div>
            <p class="help keep">
              ${icon('lock', 12)}<span>Kept in this page only: not saved, not published, gone when you close it.</span>
            </p>`
    }
  </section>`;
}

function renderField(
  session: BuilderSession,
  field: CredentialFieldDefinition,
  missing: readonly string[],
): TemplateResult | typeof nothing {
  const { credentials } = visitOf(session);
  const { name, label, type, sensitive, required, help, default: preset } = field;
  return html`<pb-input
    .label=${label}
    .type=${type === 'password' || sensitive ? 'password' : 'text'}
    .help=${help}
    .error=${missing.includes(name) ? 'Needed for a test.' : undefined}
    ?required=${required}
    ?optional=${!required}
    autocomplete="off"
    .value=${credentials.get()[name] ?? preset ?? ''}
    @pb-input=${(event: CustomEvent<string>) => {
      credentials.set({ ...credentials.get(), [name]: event.detail });
    }}
  ></pb-input>`;
}
