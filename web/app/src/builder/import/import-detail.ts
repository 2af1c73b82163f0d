import type { ImportedOperation, OpenApiPreview } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { textOf } from '../../forms/schema/pointer.ts';
import { authWord } from '../../format/words.ts';
import { icon } from '../../ui/icon/icon.ts';
import { importStateWords, stateOf } from './import-choice.ts';

/** What the description says about itself: title, servers, security, and what is not supported. */
export function renderSummary(preview: OpenApiPreview): TemplateResult {
  const { auth_scheme: auth, auth_alternatives: others, servers, warnings } = preview;
  return html`<dl class="facts">
      <dt>Description</dt>
      <dd>
        <b class="medium">${preview.name}</b> ${preview.version}
        <span class="t3">${formats[preview.format]}</span>
      </dd>
      <dt>${servers.length > 1 ? 'Servers' : 'Server'}</dt>
      <dd>
        <code>${preview.base_url || 'none given'}</code>
        ${servers.length > 1 ? html`<span class="t3">and ${servers.length - 1} more</span>` : nothing}
      </dd>
      <dt>Security</dt>
      <dd>
        ${auth === undefined ? 'None that can be read' : authWord(auth.type)}
        ${others.length === 0 ? nothing : html`<span class="t3">also ${others.map(({ name, note }) => (note === '' ? name : `${name} (${note})`)).join(', ')}</span>`}
      </dd>
    </dl>
    ${
      warnings.length === 0
        ? nothing
        : html`<details class="warnings">
            <summary>
              ${icon('triangle-alert', 14)}${warnings.length === 1 ? '1 part is not supported' : `${warnings.length} parts are not supported`}
            </summary>
            <ul>
              ${warnings.slice(0, 100).map((warning) => html`<li>${warning}</li>`)}
            </ul>
          </details>`
    }`;
}

const formats = {
  'swagger-2.0': 'Swagger 2.0',
  'openapi-3.0': 'OpenAPI 3.0',
  'openapi-3.1': 'OpenAPI 3.1',
} as const satisfies Record<OpenApiPreview['format'], string>;

/** The operation under the cursor: what it is, what is not supported, how it differs from the connector. */
export function renderDetail(found: ImportedOperation | undefined): TemplateResult {
  if (found === undefined) return html`<p class="t3">No operation fits.</p>`;
  const { operation, changes = [], tags } = found;
  return html`<h3 class="h3">${operation?.display_name ?? found.key}</h3>
    ${operation === undefined ? nothing : html`<span class="key">${operation.name}</span>`}
    ${operation === undefined || operation.description === '' ? nothing : html`<p class="t2 about">${operation.description}</p>`}
    ${tags.length === 0 ? nothing : html`<p class="tags">${tags.map((tag) => html`<span class="tag">${tag}</span> `)}</p>`}
    ${renderRemarks(found)} ${operation === undefined ? nothing : renderParameters(operation)}
    ${changes.length === 0 ? nothing : renderChanges(changes, importStateWords[stateOf(found)])}`;
}

/** What is not supported, and what choosing it would overwrite. */
function renderRemarks(found: ImportedOperation): TemplateResult {
  const { unsupported, warnings } = found;
  const state = stateOf(found);
  return html`${unsupported === undefined ? nothing : html`<p class="help help-bad">${icon('circle-alert', 12)}<span>${unsupported}</span></p>`}
  ${warnings.map((warning) => html`<p class="help warn">${icon('triangle-alert', 12)}<span>${warning}</span></p>`)}
  ${
    state === 'edited'
      ? html`<p class="help">Edited by hand since the last import. If you choose it, your edits are replaced.</p>`
      : nothing
  }`;
}

function renderParameters({
  parameters,
  body,
}: NonNullable<ImportedOperation['operation']>): TemplateResult | typeof nothing {
  if (parameters.length === 0 && body === undefined) return nothing;
  return html`<p class="over">Needs</p>
    <ul class="params">
      ${parameters.map(
        ({ name, location, required }) =>
          html`<li><code>${name}</code> <span class="t3">${location}${required ? ', required' : ''}</span></li>`,
      )}
      ${body === undefined ? nothing : html`<li><code>body</code> <span class="t3">${body.content_type}</span></li>`}
    </ul>`;
}

function renderChanges(changes: NonNullable<ImportedOperation['changes']>, word: string): TemplateResult {
  return html`<p class="over">${word}</p>
    <ul class="changes">
      ${changes.map(
        ({ path, before, after }) =>
          html`<li>
            <code>${path}</code>
            <span class="diff"
              ><del>${shortText(before)}</del><span class="vh"> becomes </span><ins>${shortText(after)}</ins></span
            >
          </li>`,
      )}
    </ul>`;
}

function shortText(value: unknown): string {
  const text = value === undefined ? 'nothing' : textOf(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
