import type { Connector } from '@patchbay/api-contract/client';
import type { AuthScheme, ConnectorManifest, Operation, Resilience } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { dateWords, durationWords } from '../../format/time.ts';
import { authWord, effectWord } from '../../format/words.ts';
import { badge } from '../../ui/badge/badge.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { schemaTree } from '../../ui/schema-tree/schema-tree.ts';

/** A connector past its draft: it has what runs. */
export type ListedConnector = Connector & { readonly manifest: ConnectorManifest };

/** What a person must have before a connection can be made; nothing for a connector without credentials. */
export function renderNeeds(connector: ListedConnector): TemplateResult | typeof nothing {
  const scheme = connector.manifest.auth.find(({ type }) => type !== 'none');
  if (scheme === undefined) return nothing;
  const names = scheme.fields.filter(({ required }) => required).map(({ label }) => label);
  const help = scheme.fields.find((field) => field.type === 'password' && field.help)?.help ?? '';
  const isOptional = connector.manifest.auth.some(({ type }) => type === 'none');
  return html`<div class="needs">
    ${icon('key-round')}
    <div class="grow">
      <p class="medium">${isOptional ? 'It may need:' : 'You need:'} ${needWords(scheme, names)}</p>
      ${help === '' ? nothing : html`<p class="t2">${help}</p>`}
    </div>
    ${
      connector.manifest.documentationUrl
        ? html`<a class="nowrap" href=${connector.manifest.documentationUrl} target="_blank" rel="noopener noreferrer"
            >How to get it</a
          >`
        : nothing
    }
  </div>`;
}

function needWords(scheme: AuthScheme, names: readonly string[]): string {
  if (names.length === 0) return authWord(scheme.type).toLowerCase();
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** One operation: method, name, path, safe to repeat; opens to its schemas. */
export function renderOperation(operation: Operation, isOpen: boolean): TemplateResult {
  const { request } = operation;
  const method = request?.method ?? '';
  return html`<details class="operation" id="operation-${operation.name}" ?open=${isOpen}>
    <summary>
      <span class="verb ${method === 'GET' ? '' : 'verb-post'}"
        >${method === '' ? html`<span class="vh">Code</span>` : method}</span
      >
      <span class="medium cut">${operation.title}</span>
      <code class="t2 cut path">${request?.path ?? operation.name}</code>
      <span class="t2 repeat">${effectWord(operation.effect)}</span>${icon('chevron-down', 14)}
    </summary>
    ${operation.description === '' ? nothing : html`<p class="about">${operation.description}</p>`}
    <div class="schemas">
      <div>
        <h3 class="over">Needs</h3>
        ${schemaTree(operation.input)}
      </div>
      <div>
        <h3 class="over">Gives</h3>
        ${schemaTree(operation.output)}
      </div>
    </div>
  </details>`;
}

/** All versions with their state and what changed. */
export function renderVersions(connector: ListedConnector): TemplateResult {
  const { changelog } = connector.manifest;
  return html`<ul>
    ${connector.versions.map(
      ({ version, stage, published, notes, deprecation }) =>
        html`<li class="version">
          <div class="row">
            <span class="medium num">${version}</span>${badge('stage', stage)}
            ${published ? html`<span class="end small t3">${dateWords(published)}</span>` : nothing}
          </div>
          ${notes === '' ? nothing : html`<p>${notes}</p>`}
          ${deprecationBanner({ version, deprecation }, { isSmall: true })}
          ${changelog.filter((entry) => entry.version === version).map((entry) => html`<p>${entry.text}</p>`)}
        </li>`,
    )}
  </ul>`;
}

const backoffWords = { none: 'always the same', linear: 'growing evenly', exponential: 'doubling' } as const;

/** The seven resilience settings in words. */
export function renderResilience(resilience: Resilience): TemplateResult {
  return html`<dl class="facts">
    <dt>Timeout</dt>
    <dd class="num">${durationWords(resilience.timeoutMs)} for each attempt</dd>
    <dt>Retries</dt>
    <dd class="num">${resilience.maxRetries === 0 ? 'none' : `up to ${resilience.maxRetries} more attempts`}</dd>
    <dt>Pause</dt>
    <dd class="num">${durationWords(resilience.retryDelayMs)}, ${backoffWords[resilience.backoff]}</dd>
    <dt>Rate</dt>
    <dd class="num">${resilience.rateLimitPerMinute} calls a minute</dd>
    <dt>Circuit</dt>
    <dd class="num">
      opens after ${resilience.circuitBreakerThreshold} failures, tries again after
      ${durationWords(resilience.circuitBreakerRecoveryMs)}
    </dd>
  </dl>`;
}
