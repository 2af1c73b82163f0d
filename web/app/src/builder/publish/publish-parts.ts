import type { Connector, References } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { plural } from '../../format/numbers.ts';
import { tile } from '../../ui/tile/tile.ts';
import { lookOfConnector } from '../shell/connector-look.ts';
import { affectedFlows } from './affected-flows.ts';
import { diffDefinitions, diffSummary, type DefinitionChange } from './definition-diff.ts';

const signs = { added: '+', changed: '~', removed: '−' } as const;
const signWords = { added: 'Added: ', changed: 'Changed: ', removed: 'Removed: ' } as const;

/** What is different from the version before, by meaning. */
export function renderChanges(connector: Connector, before: Connector | undefined): TemplateResult | typeof nothing {
  if (before === undefined) return nothing;
  const changes = diffDefinitions(before, connector);
  return html`<section class="sect" id="section-changes" tabindex="-1" aria-labelledby="changes">
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
  return html`<section class="sect" id="section-affected" tabindex="-1" aria-labelledby="affected">
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
