import { toPageBody, type ConnectorSummary, type PageBody, type RouteQuery } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import { toSummaries } from '../connector/card-facts.ts';
import type { OperationLabel } from '../connector/connector-row.ts';
import { actingTenant } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { correctWord } from './correct-spelling.ts';
import { countFacets, facetNames, type FacetCount, type FacetName } from './count-facets.ts';
import { createMarketplaceRepository, type MarketplaceFound, type MarketplaceQuery } from './marketplace-repository.ts';
import { termsOf } from './words.ts';

const mostMatchedOperations = 8;
/** Stands for the caller's own tenant in the filter `publisher`. */
const ownPublisher = 'own';

/** Body of the marketplace search. */
export type MarketplacePage = PageBody<ConnectorSummary> & { readonly facets: Record<string, FacetCount[]> };

/**
 * What is published to the caller's tenant by name, operation, tag and description, with counts for the filters. A search that finds
 * nothing at all, filters aside, is made again with its words corrected.
 */
export async function searchMarketplace(
  deps: RegistryDeps,
  caller: Caller,
  query: RouteQuery<'searchMarketplace'>,
): Promise<MarketplacePage> {
  const started = performance.now();
  const tenantId = actingTenant(caller);
  const { terms, isHopeless } = termsOf(query.query);
  const filters = filtersOf(query, tenantId);
  const wanted: MarketplaceQuery = {
    tenantId,
    terms,
    filters,
    ...{ from: query.from, size: query.size, sort: query.sort },
  };
  const { found, words } = isHopeless ? { found: nothing, words: [] } : await findForgiving(deps, wanted);
  const summaries = await toSummaries(deps, caller, found.rows);
  const items = summaries.map((summary, index) => ({
    ...summary,
    ...matchedOperations(found.rows[index]?.operations ?? [], words),
  }));
  const facets = countFacets(found.groups, filters);
  const publisher = facets.publisher.map((each) => (each.value === tenantId ? { ...each, value: ownPublisher } : each));
  return {
    ...toPageBody({ total: found.total, items }, performance.now() - started),
    facets: { ...facets, publisher },
  };
}

const nothing: MarketplaceFound = { total: 0, rows: [], groups: [] };

function filtersOf(query: RouteQuery<'searchMarketplace'>, tenantId: string): MarketplaceQuery['filters'] {
  const given = facetNames.flatMap((name): [FacetName, readonly string[]][] => {
    const values = query[name];
    return values === undefined || values.length === 0 ? [] : [[name, values]];
  });
  const filters: Partial<Record<FacetName, readonly string[]>> = Object.fromEntries(given);
  const { publisher } = filters;
  if (publisher === undefined) return filters;
  return { ...filters, publisher: publisher.map((value) => (value === ownPublisher ? tenantId : value)) };
}

async function findForgiving(
  deps: RegistryDeps,
  query: MarketplaceQuery,
): Promise<{ found: MarketplaceFound; words: readonly string[] }> {
  const repository = createMarketplaceRepository(deps.database.connection);
  const found = await repository.search(query);
  if (found.groups.length > 0 || query.terms.length === 0) return { found, words: query.terms };
  const terms = await Promise.all(
    query.terms.map(async (term) => correctWord(term, await repository.findCandidates(query.tenantId, term))),
  );
  if (terms.every((term, index) => term === query.terms[index])) return { found, words: query.terms };
  return { found: await repository.search({ ...query, terms: [...new Set(terms)] }), words: terms };
}

function matchedOperations(operations: readonly OperationLabel[], words: readonly string[]): Partial<ConnectorSummary> {
  const matched = operations.filter(({ name, title }) =>
    words.some((word) => name.toLowerCase().includes(word) || title.toLowerCase().includes(word)),
  );
  return matched.length === 0 ? {} : { matchedOperations: matched.slice(0, mostMatchedOperations) };
}
