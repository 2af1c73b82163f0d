import { toPageBody, type ConnectorSummary, type PageBody, type RouteQuery } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { toSummaries } from './card-facts.ts';
import type { OperationLabel } from './connector-row.ts';
import { correctSpelling } from './correct-spelling.ts';
import { heldSlugs, readerOf, type Reader } from './reader.ts';
import { createSearchRepository, type ConnectorSearch, type FacetCount } from './search-repository.ts';
import { parseTerms } from './search-terms.ts';

const mostMatchedOperations = 8;

/** Body of the marketplace search. */
export type MarketplacePage = PageBody<ConnectorSummary> & { readonly facets: Record<string, FacetCount[]> };

/** Connectors the caller may see by name, operation, tag and description, with counts for the filters. */
export async function searchMarketplace(
  deps: RegistryDeps,
  caller: Caller,
  query: RouteQuery<'searchMarketplace'>,
): Promise<MarketplacePage> {
  const started = performance.now();
  const reader = readerOf(caller, await heldSlugs(deps, caller));
  const search = await corrected(deps, reader, query);
  const repository = createSearchRepository(deps.database.connection);
  const [page, facets] = await Promise.all([repository.search(reader, search), repository.countFacets(reader, search)]);
  const summaries = await toSummaries(deps, caller, page.items);
  const items = summaries.map((summary, index) => ({
    ...summary,
    ...matchedOperations(page.items[index]?.operations ?? [], search.query),
  }));
  return { ...toPageBody({ total: page.total, items }, performance.now() - started), facets };
}

/** A search that finds nothing at all, filters aside, is made again with its words corrected. */
async function corrected(deps: RegistryDeps, reader: Reader, search: ConnectorSearch): Promise<ConnectorSearch> {
  const words = parseTerms(search.query).map((term) => term.word);
  if (words.length === 0) return search;
  const repository = createSearchRepository(deps.database.connection);
  const any = await repository.search(reader, { query: search.query, from: 0, size: 0 });
  if (any.total > 0) return search;
  return { ...search, query: correctSpelling(words, await repository.listWords(reader)).join(' ') };
}

function matchedOperations(
  operations: readonly OperationLabel[],
  query: string | undefined,
): Partial<ConnectorSummary> {
  const words = parseTerms(query).map((term) => term.word);
  const matched = operations.filter(({ name, title }) =>
    words.some((word) => name.toLowerCase().includes(word) || title.toLowerCase().includes(word)),
  );
  return matched.length === 0 ? {} : { matchedOperations: matched.slice(0, mostMatchedOperations) };
}
