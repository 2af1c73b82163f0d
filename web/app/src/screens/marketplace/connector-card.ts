import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { plural } from '../../format/numbers.ts';
import { authWords } from '../../format/words.ts';
import { badge } from '../../ui/badge/badge.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { connectorLook } from '../../ui/tile/connector-look.ts';
import { tile } from '../../ui/tile/tile.ts';
import { highlight } from './highlight.ts';

function renderMatch(connector: ConnectorSummary, search: string): TemplateResult {
  const [first, ...others] = connector.matchedOperations ?? [];
  if (first === undefined) return html`<span class="cut">${plural(connector.operationCount, 'operation')}</span>`;
  const more = others.length === 0 ? '' : `, ${others.length} more`;
  return html`<span class="match"
    >${icon('search', 12)}<span class="cut">${highlight(first.title, search)}${more}</span></span
  >`;
}

/** Only the exceptions of its states. */
function renderMarks({ stage, visibility, enabled }: ConnectorSummary): TemplateResult {
  return html`${stage === 'published' ? nothing : badge('stage', stage)}
  ${visibility === 'enterprise' ? html`<span class="tag">${icon('lock', 12)}Private</span>` : nothing}
  ${enabled ? nothing : html`<span class="tag">Disabled</span>`}`;
}

/** The card of a connector: name, who offers it, what it is, what matched, how often it is used. */
export function connectorCard(connector: ConnectorSummary, search: string): TemplateResult {
  const { slug, name, description, version, builtin, authTypes, enabled, vendor, usedByCount } = connector;
  const needsKey = authTypes.some((type) => type !== 'none');
  return html`<article class="card ${enabled ? '' : 'is-off'}" aria-label=${name}>
    <div class="row top-row">
      ${tile(connectorLook(connector), 40)}
      <div class="grow">
        <div class="row name-row">
          <h2 class="h2 cut grow"><a class="open" href="/app/marketplace/${slug}">${highlight(name, search)}</a></h2>
          ${renderMarks(connector)}
        </div>
        <div class="small t3 vendor">
          <span class="cut">${vendor}</span>
          ${builtin ? html`<span class="row" title="Verified: comes with Patchbay">${icon('badge-check', 12)}<span class="vh">verified</span></span>` : nothing}
          <span class="nowrap">· ${version}</span>
        </div>
      </div>
    </div>
    <p class="description">${highlight(description, search)}</p>
    ${deprecationBanner(connector, { isSmall: true })}
    <div class="foot">
      ${renderMatch(connector, search)}
      ${usedByCount === 0 ? nothing : html`<span>· in ${plural(usedByCount, 'flow')}</span>`}
      <span class="auth">${icon(needsKey ? 'key-round' : 'globe', 12)}${authWords(authTypes)}</span>
    </div>
  </article>`;
}
