import type { References } from '@patchbay/api-contract/client';
import { html, type TemplateResult } from 'lit';
import { plural } from '../format/numbers.ts';
import { badge } from '../ui/badge/badge.ts';
import type { Column } from '../ui/table/table.ts';

/** A connection that uses the connector, with its places. */
export type ConnectionReference = References['connections'][number];
/** A flow step that uses the connector without a connection. */
export type FlowReference = References['components'][number];

/** How links of a table of references open: in place, or beside a dialog that stays. */
export interface LinkOptions {
  readonly isBeside?: boolean;
}

const link = (path: string, words: string, { isBeside }: LinkOptions): TemplateResult =>
  isBeside ? html`<a href="/app${path}" target="_blank">${words}</a>` : html`<a href="/app${path}">${words}</a>`;

/** The flows that use a connection; each once. */
function renderPlaces({ places }: ConnectionReference, options: LinkOptions): unknown {
  const flows = new Map(places.map((place) => [place.flow_id, place.flow_name]));
  if (flows.size === 0) return html`<span class="t3">nothing</span>`;
  return [...flows].map(([id, name], index) => html`${index === 0 ? '' : ', '}${link(`/flows/${id}`, name, options)}`);
}

/** Name, state and places of connections. */
export function connectionColumns(options: LinkOptions = {}): Column<ConnectionReference>[] {
  return [
    {
      id: 'name',
      label: 'Connection',
      render: ({ id, name }) => html`<span class="medium">${link(`/connections/${id}`, name, options)}</span>`,
    },
    {
      id: 'state',
      label: 'State',
      render: ({ enabled, authorization }) => badge('authorization', enabled ? authorization : 'disabled'),
    },
    { id: 'places', label: 'Used by', render: (connection) => renderPlaces(connection, options) },
  ];
}

/** Flow, step and version of direct uses. */
export function flowColumns(options: LinkOptions = {}): Column<FlowReference>[] {
  return [
    {
      id: 'flow',
      label: 'Flow',
      render: ({ id, name }) => html`<span class="medium">${link(`/flows/${id}`, name, options)}</span>`,
    },
    { id: 'step', label: 'Step', render: ({ step }) => step },
    { id: 'version', label: 'Version', render: ({ version }) => html`<span class="num">${version ?? ''}</span>` },
  ];
}

/** "3 connections, 2 flows, 1 use in other tenants"; "nothing uses it". */
export function referenceWords({ connections, components, others }: References): string {
  const flows = new Set(components.map(({ id }) => id)).size;
  const parts = [
    ...(connections.length > 0 ? [plural(connections.length, 'connection')] : []),
    ...(flows > 0 ? [plural(flows, 'flow')] : []),
    ...(others > 0 ? [`${plural(others, 'use')} in other tenants`] : []),
  ];
  return parts.length === 0 ? 'nothing uses it' : parts.join(', ');
}

/** Whether anything stands in the references. */
export const isUsed = ({ connections, components, datasources, others }: References): boolean =>
  connections.length + components.length + datasources.length + others > 0;
