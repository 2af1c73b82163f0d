import type { Deprecation } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { dateWords } from '../../format/time.ts';
import { icon } from '../icon/icon.ts';

/** What is deprecated. */
export interface DeprecatedThing {
  /** Where it is not clear from the place. */
  readonly name?: string;
  readonly version: string;
  readonly deprecation?: Deprecation | undefined;
}

/** "Weather 1.0.6 is deprecated and ends on 31 Dec 2026. Use 2.0 instead." */
export function deprecationWords({ name, version, deprecation }: DeprecatedThing): string {
  if (deprecation === undefined) return '';
  const { sunset_at: end, replaced_by: next } = deprecation;
  const isOver = end !== undefined && new Date(end).getTime() <= Date.now();
  const until = end === undefined ? '' : isOver ? ` and ended on ${dateWords(end)}` : ` and ends on ${dateWords(end)}`;
  const subject = name === undefined ? version : `${name} ${version}`;
  return `${subject} is deprecated${until}.${next === undefined ? '' : ` Use ${next} instead.`}`;
}

/** The banner of ZO-03: version, date, what to use instead, reason, and where to learn more. Nothing if not deprecated. */
export function deprecationBanner(
  thing: DeprecatedThing,
  options: { readonly isSmall?: boolean } = {},
): TemplateResult | typeof nothing {
  const { deprecation } = thing;
  if (deprecation === undefined) return nothing;
  const { link, reason, since } = deprecation;
  return html`<div class="note note-warning deprecation ${options.isSmall ? 'small' : ''}">
    ${icon('triangle-alert', options.isSmall ? 14 : 16)}
    <span class="grow" title="Since ${dateWords(since)}"
      >${deprecationWords(thing)} ${options.isSmall ? nothing : (reason ?? nothing)}
      ${link === undefined ? nothing : html`<a href=${link} target="_blank" rel="noopener noreferrer">Learn more</a>`}</span
    >
  </div>`;
}
