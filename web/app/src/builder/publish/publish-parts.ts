import type { Connector, ConnectorVersionView, References } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { plural } from '../../format/numbers.ts';
import { dateWords } from '../../format/time.ts';
import { badge } from '../../ui/badge/badge.ts';
import { icon } from '../../ui/icon/icon.ts';
import { tile } from '../../ui/tile/tile.ts';
import '../../ui/menu/menu.ts';
import { lookOfConnector } from '../shell/connector-look.ts';
import { affectedFlows } from './affected-flows.ts';
import { diffDefinitions, diffSummary, type DefinitionChange } from './definition-diff.ts';
import { allowedActions, lifecycleWords } from './lifecycle-commands.ts';

const signs = { added: '+', changed: '~', removed: '−' } as const;
const signWords = { added: 'Added: ', changed: 'Changed: ', removed: 'Removed: ' } as const;

/** What is different from the version before, by meaning. */
export function renderChanges(connector: Connector, before: Connector | undefined): TemplateResult | typeof nothing {
  if (before === undefined) return nothing;
  const changes = diffDefinitions(before, connector);
  return html`<section class="sect" aria-labelledby="changes">
    <header>
      <h2 class="h2" id="changes">Changes since ${before.version}</h2>
      <span class="t3 small">${diffSummary(changes)}</span>
    </header>
    ${
      changes.length === 0
        ? html`<p class="t2">Nothing that flows notice.</p>`
        : html`<ul class="changes">
            ${changes.map((change) => renderChange(change))}
          </ul>`
    }
  </section>`;
}

function renderChange({ kind, subject, code, detail, isBreaking }: DefinitionChange): TemplateResult {
  return html`<li class="cg">
    <span class="sg sg-${kind}" aria-hidden="true">${signs[kind]}</span>
    <span
      ><span class="vh">${signWords[kind]}</span>${subject}
      ${code === undefined ? nothing : html`<span class="key">${code}</span>`}</span
    >
    <span class="t2 cut end" title=${detail}
      >${detail}${isBreaking ? html`, <b class="medium">may break a flow</b>` : nothing}</span
    >
  </li>`;
}

/** Flows that use the connector, and connections. Nobody is moved to another version by publishing. */
export function renderAffected(
  connector: Connector,
  references: References | undefined,
): TemplateResult | typeof nothing {
  if (references === undefined) return nothing;
  const flows = affectedFlows(references);
  const { length: connections } = references.connections;
  return html`<section class="sect" aria-labelledby="affected">
    <header><h2 class="h2 grow" id="affected">Who is affected</h2></header>
    <p class="lead">
      ${
        flows.length + connections + references.others === 0
          ? 'Nobody uses it yet.'
          : 'Nobody moves by itself: flows keep the version they use until somebody updates them.'
      }
    </p>
    ${flows.map(
      ({ id, name, steps }) =>
        html`<div class="aff">
          ${tile(lookOfConnector(connector), 24)}<a class="medium" href="/app/flows/${id}">${name}</a>
          <span class="end t2">${plural(steps, 'step')}</span>
        </div>`,
    )}
    ${connections === 0 ? nothing : html`<p class="t2 small">${plural(connections, 'connection')} of your enterprise.</p>`}
    ${references.others === 0 ? nothing : html`<p class="t2 small">${plural(references.others, 'use')} in other enterprises.</p>`}
  </section>`;
}

/** Every version with its stage, and what may be done with it now. */
export function renderVersions(
  connector: Connector,
  run: (action: string, version: string) => void,
): TemplateResult | typeof nothing {
  const { versions } = connector;
  if (versions.length === 0) return nothing;
  return html`<section class="sect" aria-labelledby="versions">
    <header><h2 class="h2 grow" id="versions">Versions</h2></header>
    <ul class="changes">
      ${versions.map((version) => renderVersion(version, run))}
    </ul>
  </section>`;
}

function renderVersion(view: ConnectorVersionView, run: (action: string, version: string) => void): TemplateResult {
  const { version, stage, visibility, published, published_by: by, notes, deprecation } = view;
  const items = allowedActions(view).map((action) => ({ id: action, label: lifecycleWords[action] ?? action }));
  return html`<li class="version">
    <b class="medium num">${version}</b>${badge('stage', stage)}
    ${visibility === 'none' ? nothing : html`<span class="tag">${icon(visibility === 'catalogue' ? 'globe' : 'building-2', 12)}${visibility === 'catalogue' ? 'Catalogue' : 'Enterprise'}</span>`}
    ${view.review === 'pending' ? html`<span class="tag">${icon('clock', 12)}Review asked for</span>` : nothing}
    ${view.has_pending_changes ? html`<span class="tag">${icon('pencil', 12)}Changes not live</span>` : nothing}
    <span class="grow t2 cut" title=${notes}>${deprecation === undefined ? notes : deprecationWords(deprecation)}</span>
    ${published === undefined ? nothing : html`<span class="t3 small nowrap" title=${by ?? ''}>${dateWords(published)}</span>`}
    ${
      items.length === 0
        ? nothing
        : html`<pb-menu
            label="Actions on version ${version}"
            icon="ellipsis"
            size="small"
            .items=${items}
            @pb-menu-select=${(event: CustomEvent<string>) => {
              run(event.detail, version);
            }}
          ></pb-menu>`
    }
  </li>`;
}

function deprecationWords({
  replaced_by: next,
  sunset_at: end,
  reason,
}: NonNullable<ConnectorVersionView['deprecation']>): string {
  const parts = [
    next === undefined ? '' : `Use ${next}.`,
    end === undefined ? '' : `Ends on ${dateWords(end)}.`,
    reason ?? '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
