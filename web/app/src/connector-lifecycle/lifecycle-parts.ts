import type { AuditEntry, Connector, ConnectorVersionView, References } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { connectorAuditColumns } from '../audit/audit-columns.ts';
import { referenceWords } from '../connector-dialogs/reference-rows.ts';
import { dateWords, exactTime } from '../format/time.ts';
import { badge } from '../ui/badge/badge.ts';
import { lookOf } from '../ui/badge/state-facets.ts';
import { icon } from '../ui/icon/icon.ts';
import '../ui/button/button.ts';
import '../ui/table/table.ts';
import type { LifecycleEntry } from './lifecycle-actions.ts';
import { stationsOf, type Station } from './stage-line.ts';

/** What the page shows of a connector. */
export interface LifecycleFacts {
  readonly connector: Connector;
  /** Of the chosen version. */
  readonly references: References;
  /** Newest first; undefined: the person may not read the audit log. */
  readonly history: readonly AuditEntry[] | undefined;
}

/** The stages of a version as a line, with where it stands. */
export function renderStageLine(view: ConnectorVersionView, { history = [] }: LifecycleFacts): TemplateResult {
  return html`<ol class="line" aria-label="Stages of ${view.version}">
    ${stationsOf(view, history).map((station) => renderStation(station))}
  </ol>`;
}

function renderStation({ stage, place, note }: Station): TemplateResult {
  const isHere = place === 'here';
  const words = { passed: 'Passed: ', here: 'Now: ', ahead: 'Not yet: ' }[place];
  return html`<li class="station is-${place}" data-stage=${stage} aria-current=${isHere ? 'step' : nothing}>
    <span class="stop" aria-hidden="true">${place === 'passed' ? icon('check', 12) : nothing}</span>
    <span class="vh">${words}</span>
    ${isHere ? badge('stage', stage) : html`<span class="name">${lookOf('stage', stage).word}</span>`}
    ${note === '' ? nothing : html`<span class="small t3 when">${note}</span>`}
  </li>`;
}

/** One action: what it does, and a button, or what stands against it. */
export function renderEntry(entry: LifecycleEntry, run: (action: string) => void): TemplateResult {
  const { action, label, text, refusal } = entry;
  const isPublish = action === 'publish';
  return html`<li class="act ${refusal === undefined ? '' : 'is-refused'}" data-action=${action}>
    <div class="grow">
      <h3 class="h3">${label}</h3>
      ${
        refusal === undefined
          ? html`<p class="t2">${text}</p>`
          : html`<p class="small t2">${icon('lock', 12)} ${refusal}</p>`
      }
    </div>
    ${
      refusal === undefined
        ? html`<pb-button
            @click=${() => {
              run(action);
            }}
            >${isPublish ? 'Publish…' : label}</pb-button
          >`
        : nothing
    }
  </li>`;
}

const audiences = { none: 'nobody yet', enterprise: 'your enterprise', catalogue: 'all enterprises' } as const;

/** What is known of the chosen version. */
export function renderFacts(view: ConnectorVersionView): TemplateResult {
  const { version, revision, stage, visibility, created, published, published_by: by, notes, source_ref: ref } = view;
  return html`<dl class="facts">
    <dt>Version</dt>
    <dd class="num">${version}, revision ${revision}</dd>
    <dt>Stage</dt>
    <dd>${badge('stage', stage)}</dd>
    <dt>For</dt>
    <dd>${audiences[visibility]}</dd>
    <dt>Made</dt>
    <dd><time datetime=${created} title=${exactTime(created)}>${dateWords(created)}</time></dd>
    ${
      published === undefined
        ? nothing
        : html`<dt>Published</dt>
            <dd>
              <time datetime=${published} title=${exactTime(published)}>${dateWords(published)}</time
              >${by === undefined ? nothing : ` by ${by}`}
            </dd>`
    }
    ${renderDeprecation(view)}
    ${
      ref === undefined
        ? nothing
        : html`<dt>Made from</dt>
            <dd><span class="key">${ref}</span></dd>`
    }
    ${
      notes === ''
        ? nothing
        : html`<dt>Notes</dt>
            <dd>${notes}</dd>`
    }
  </dl>`;
}

function renderDeprecation({ deprecation }: ConnectorVersionView): TemplateResult | typeof nothing {
  if (deprecation === undefined) return nothing;
  const { since, sunset_at: end, replaced_by: next, link, reason } = deprecation;
  return html`<dt>Deprecated</dt>
    <dd>${dateWords(since)}${reason === undefined ? nothing : html`: ${reason}`}</dd>
    <dt>Ends</dt>
    <dd>
      ${end === undefined ? 'no date set' : html`<time datetime=${end} title=${exactTime(end)}>${dateWords(end)}</time>`}
    </dd>
    ${
      next === undefined
        ? nothing
        : html`<dt>Replaced by</dt>
            <dd class="num">${next}</dd>`
    }
    ${
      link === undefined
        ? nothing
        : html`<dt>More</dt>
            <dd><a href=${link} target="_blank" rel="noopener noreferrer">Learn more</a></dd>`
    }`;
}

/** How often the chosen version is used; the dialog has the places. */
export function renderUse(references: References, show: () => void): TemplateResult {
  return html`<p class="t2 first-up">${referenceWords(references)}.</p>
    <p><pb-button icon="link" size="small" @click=${show}>References</pb-button></p>`;
}

/** Who did what with the connector, when and why. */
export function renderHistory({ history, connector }: LifecycleFacts): TemplateResult {
  return html`<section class="sect" aria-labelledby="history">
    <header class="row">
      <h2 class="h2 grow" id="history">History</h2>
      ${
        history === undefined
          ? nothing
          : html`<a class="small" href="/app/settings/audit?q=${encodeURIComponent(connector.name)}">Audit log</a>`
      }
    </header>
    ${history === undefined ? html`<p class="t2">Who did what is in the audit log, which administrators read.</p>` : renderEntries(history)}
  </section>`;
}

function renderEntries(history: readonly AuditEntry[]): TemplateResult {
  if (history.length === 0) return html`<p class="t2">The audit log of your enterprise has nothing about it.</p>`;
  // Nothing in it can be focused: at small sizes it must be scrolled by keyboard itself.
  return html`<pb-table
    tabindex="0"
    role="group"
    aria-label="History"
    label="History"
    .columns=${connectorAuditColumns}
    .rows=${history}
    .keyOf=${({ id }: AuditEntry) => id}
  ></pb-table>`;
}
