import type { ApiClient, ConnectorSummary } from '@patchbay/api-contract/client';
import { rowsOf, type Rows } from '../../api/rows.ts';

/** Choices above the cards, and the filter of each. */
export const shows = [
  { value: '', label: 'All', filter: [] },
  { value: 'draft', label: 'Draft', filter: ['stage:draft'] },
  { value: 'ready', label: 'Ready', filter: ['stage:ready'] },
  { value: 'published', label: 'Published', filter: ['stage:any(published,pre_released)'] },
  { value: 'disabled', label: 'Disabled', filter: ['enabled:false'] },
] as const;

/** Orders of the cards; the first is the usual one. */
export const orders = [
  { id: '-updated', label: 'Last changed' },
  { id: '-created', label: 'Newest' },
  { id: 'name', label: 'Name' },
] as const;

/** Own connectors that people made: not those that came with the program, not those of other tenants. */
const own = ['builtin:false', 'owned:true'];

/** Cards on one page. */
export const pageSize = 24;

/** What is looked for. */
export interface ConnectorQuery {
  readonly text: string;
  readonly show: string;
  readonly sort: string;
  readonly from: number;
}

const filterOf = (show: string): string[] => [...own, ...(shows.find(({ value }) => value === show)?.filter ?? [])];

/** One page of own connectors. */
export async function findConnectors(
  api: ApiClient,
  { text, show, sort, from }: ConnectorQuery,
  signal: AbortSignal,
): Promise<Rows<ConnectorSummary>> {
  const body = { query: text, filter: filterOf(show), sort: sort || orders[0].id, from, size: pageSize };
  return rowsOf(await api.call('searchConnectorsByPost', { body, signal }));
}

/** How many own connectors each choice would show, for the text that is looked for. */
export async function countConnectors(
  api: ApiClient,
  text: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const counted = await Promise.all(
    shows.map(async ({ value }) => {
      const body = { query: text, filter: filterOf(value), from: 0, size: 0 };
      const { total } = rowsOf(await api.call('searchConnectorsByPost', { body, signal }));
      return [value, total] as const;
    }),
  );
  return new Map(counted);
}
