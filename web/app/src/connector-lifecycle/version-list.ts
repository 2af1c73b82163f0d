import type { Connector, ConnectorVersionView } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { dateWords, exactTime } from '../format/time.ts';
import { badge } from '../ui/badge/badge.ts';
import { deprecationWords } from '../ui/deprecation/deprecation.ts';
import { icon } from '../ui/icon/icon.ts';
import '../ui/menu/menu.ts';
import { allowedActions, lifecycleWord } from './lifecycle-actions.ts';

/** Address of the lifecycle page of a connector, about one of its versions. */
export const lifecyclePath = (id: string, version?: string): string =>
  `/connectors/${id}/lifecycle${version === undefined ? '' : `?version=${encodeURIComponent(version)}`}`;

/** Word and icon of an audience. */
export function audienceTag(visibility: ConnectorVersionView['visibility']): TemplateResult | typeof nothing {
  if (visibility === 'none') return nothing;
  const isPublic = visibility === 'catalogue';
  return html`<span class="tag"
    >${icon(isPublic ? 'globe' : 'building-2', 12)}${isPublic ? 'Catalogue' : 'Enterprise'}</span
  >`;
}

/** What a list of versions does. */
export interface VersionListOptions {
  readonly run: (action: string, version: string) => void;
  /** The version that the page is about; absent: the list leads to the lifecycle page. */
  readonly chosen?: string;
}

/** Every version with stage, audience, dates, who published it, and what may be done with it now. */
export function renderVersions(
  connector: Pick<Connector, 'id' | 'versions'>,
  options: VersionListOptions,
): TemplateResult | typeof nothing {
  const { id, versions } = connector;
  if (versions.length === 0) return nothing;
  return html`<section class="sect" id="section-versions" tabindex="-1" aria-labelledby="versions">
    <header class="row">
      <h2 class="h2 grow" id="versions">Versions</h2>
      ${options.chosen === undefined ? html`<a class="small" href="/app${lifecyclePath(id)}">Lifecycle</a>` : nothing}
    </header>
    <ul class="versions">
      ${versions.map((version) => renderVersion(id, version, options))}
    </ul>
  </section>`;
}

function renderVersion(id: string, view: ConnectorVersionView, { run, chosen }: VersionListOptions): TemplateResult {
  const { version, stage, visibility, notes } = view;
  const items = allowedActions(view).map((action) => ({ id: action, label: lifecycleWord(action) }));
  return html`<li class="version ${version === chosen ? 'is-on' : ''}" data-version=${version} data-stage=${stage}>
    <div class="grow">
      <div class="row marks">
        <a
          class="medium num number-link"
          href="/app${lifecyclePath(id, version)}"
          aria-current=${version === chosen ? 'true' : nothing}
          >${version}</a
        >${badge('stage', stage)}${audienceTag(visibility)}${renderMarks(view)}
      </div>
      <p class="small t3">${datesOf(view)}</p>
      ${notes === '' ? nothing : html`<p class="t2">${notes}</p>`}
    </div>
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

function renderMarks({ review, has_pending_changes: hasChanges, unlisted }: ConnectorVersionView): TemplateResult {
  return html`${review === 'pending' ? html`<span class="tag">${icon('clock', 12)}Review asked for</span>` : nothing}
  ${review === 'rejected' ? html`<span class="tag">${icon('circle-x', 12)}Review rejected</span>` : nothing}
  ${hasChanges ? html`<span class="tag">${icon('pencil', 12)}Changes not live</span>` : nothing}
  ${unlisted ? html`<span class="tag">${icon('eye-off', 12)}Unpublished</span>` : nothing}`;
}

/** "Made 3 Nov 2026. Published 5 Nov 2026 by ada@example.com." and the deprecation with its end and reason. */
function datesOf(view: ConnectorVersionView): TemplateResult {
  const { created, published, published_by: by, deprecation } = view;
  const who = by === undefined ? '' : ` by ${by}`;
  return html`<span title=${exactTime(created)}>Made ${dateWords(created)}.</span>
    ${published === undefined ? nothing : html`<span title=${exactTime(published)}>Published ${dateWords(published)}${who}.</span>`}
    ${deprecation === undefined ? nothing : `${deprecationWords(view)} ${deprecation.reason ?? ''}`}`;
}

/** Look of the list. */
export const versionListStyles = css`
  .versions {
    border-top: 1px solid var(--hairline);
  }
  .version {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 8px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .version p {
    margin-top: 2px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .version .marks {
    flex-wrap: wrap;
    gap: 4px 8px;
    min-height: 28px;
  }
  .version.is-on .number-link {
    color: var(--text);
  }
  .version.is-on .number-link::after {
    content: ' · shown here';
    font-weight: 400;
    color: var(--text-3);
  }
`;
