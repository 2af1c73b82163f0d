import { toPageBody, type ConnectorSummary, type PageBody } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { toSummaries } from './card-facts.ts';
import { parseFilters, type FilterTerm } from './filter-terms.ts';
import { listConnectors } from './list-repository.ts';
import { heldSlugs, readerOf } from './reader.ts';

/** Query of the connector search, by GET or POST. */
export interface ConnectorsQuery {
  readonly query?: string | undefined;
  readonly from: number;
  readonly size: number;
  readonly sort?: string | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly _source_includes?: string | undefined;
  readonly _source_excludes?: string | undefined;
  readonly category?: readonly string[] | undefined;
  readonly authType?: readonly string[] | undefined;
  readonly runtime?: readonly string[] | undefined;
  readonly stage?: readonly string[] | undefined;
  readonly price?: readonly string[] | undefined;
  /** `own`, `platform`, or the name of a vendor. */
  readonly publisher?: readonly string[] | undefined;
}

const mostWords = 8;
const plainFilters = ['category', 'authType', 'runtime', 'stage', 'price', 'publisher'] as const;

/** Connectors the caller sees whose name or slug holds the words (CO-30, CO-31, CO-33, ZO-11). Throws `validation_error`. */
export async function searchConnectors(
  deps: RegistryDeps,
  caller: Caller,
  query: ConnectorsQuery,
): Promise<PageBody<ConnectorSummary>> {
  const started = performance.now();
  const words = (query.query ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const page = await listConnectors(deps.database.connection, readerOf(caller, await heldSlugs(deps, caller)), {
    ...{ words: words.slice(0, mostWords), filters: filtersOf(query) },
    ...{ from: query.from, size: query.size, sort: query.sort },
  });
  const items = (await toSummaries(deps, caller, page.items)).map((summary) => choose(summary, query));
  return toPageBody({ total: page.total, items }, performance.now() - started);
}

function filtersOf(query: ConnectorsQuery): FilterTerm[] {
  const plain = plainFilters.flatMap((field): FilterTerm[] => {
    const values = query[field];
    return values === undefined ? [] : [{ field, operator: 'equals', values, isNegated: false }];
  });
  return [...plain, ...parseFilters(query.filter ?? [])];
}

/** The fields that were asked for; `id` tells the rows apart and stays. */
function choose(summary: ConnectorSummary, query: ConnectorsQuery): ConnectorSummary {
  const includes = namesIn(query._source_includes);
  const excludes = namesIn(query._source_excludes);
  if (includes.length === 0 && excludes.length === 0) return summary;
  const isChosen = ([name]: [string, unknown]): boolean =>
    name === 'id' || ((includes.length === 0 || includes.includes(name)) && !excludes.includes(name));
  return Object.fromEntries(Object.entries(summary).filter(isChosen)) as unknown as ConnectorSummary;
}

function namesIn(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}
