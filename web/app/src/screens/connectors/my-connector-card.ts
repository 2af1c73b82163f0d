import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { authWords } from '../../format/words.ts';
import { badge } from '../../ui/badge/badge.ts';
import { lookOf } from '../../ui/badge/state-facets.ts';
import { deprecationBanner } from '../../ui/deprecation/deprecation.ts';
import { icon } from '../../ui/icon/icon.ts';
import { connectorLook } from '../../ui/tile/connector-look.ts';
import { tile } from '../../ui/tile/tile.ts';
import { cardMenu } from './card-menu.ts';

/** Address of the builder of a connector. */
export const builderHref = (id: string): string => `/connectors/${id}/overview`;

/** What a card lets the person do. */
export type CardCommand = (command: string, connector: ConnectorSummary) => void;

function renderStage({ stage, enabled, version }: ConnectorSummary): TemplateResult {
  if (enabled) return html`${badge('stage', stage)}<span class="num">${version}</span>`;
  return html`<span class="badge badge-neutral">${icon('power-off')}<span>Disabled</span></span
    ><span class="num">${lookOf('stage', stage).word} ${version}</span>`;
}

/** The card of an own connector; a click opens the builder, E edits, the menu has the rest. */
export function myConnectorCard(connector: ConnectorSummary, command: CardCommand): TemplateResult {
  const { id, name, slug, description, enabled, authTypes, actions, has_draft: hasDraft, stage } = connector;
  const needsKey = authTypes.some((type) => type !== 'none');
  return html`<article
    class="card ${enabled ? '' : 'is-off'}"
    aria-label=${name}
    @keydown=${(event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key.toLowerCase() !== 'e' || !isPlain || !actions['edit']?.allowed) return;
      event.preventDefault();
      command('edit', connector);
    }}
  >
    <div class="row top-row">
      ${tile(connectorLook(connector), 40)}
      <div class="grow">
        <h2 class="h2 cut"><a class="open" href="/app${builderHref(id)}">${name}</a></h2>
        <code class="small slug cut">${slug}</code>
      </div>
      <pb-menu
        size="tiny"
        icon="ellipsis"
        label="Actions for ${name}"
        .items=${cardMenu(connector)}
        @pb-menu-select=${(event: CustomEvent<string>) => {
          command(event.detail, connector);
        }}
      ></pb-menu>
    </div>
    <p class="description">${description}</p>
    ${deprecationBanner(connector, { isSmall: true })}
    <div class="foot">
      ${renderStage(connector)}
      ${hasDraft && stage !== 'draft' ? html`<span class="tag">${icon('pencil', 12)}Draft</span>` : nothing}
      <span class="auth">${icon(needsKey ? 'key-round' : 'globe', 12)}${authWords(authTypes)}</span>
    </div>
  </article>`;
}
