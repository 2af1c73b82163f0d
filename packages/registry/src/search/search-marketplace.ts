import { toPageBody, type ConnectorSummary, type PageBody, type RouteQuery } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import { describeCards, type CardsShown } from '../connector/card-facts.ts';
import { actingTenant } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { countFacets, facetNames, type FacetCount, type FacetName } from './count-facets.ts';
import { findForgiving } from './find-forgiving.ts';
import { matchedOperations, type MarketplaceCard, type MarketplaceCards } from './marketplace-cards.ts';
import type { MarketplaceFound, MarketplaceQuery } from './memory/marketplace-query.ts';
import type { SearchCopy } from './search-copy.ts';
import { termsOf } from './words.ts';

/** What the search of the marketplace needs beside the rest. */
export interface MarketplaceDeps extends RegistryDeps {
  readonly copy: SearchCopy;
  readonly cards: MarketplaceCards;
}

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
  deps: MarketplaceDeps,
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
    ...(isByUse(query.sort) && { uses: await deps.references.countUsesOfConnectors(caller.tenantId) }),
  };
  const { found, words, ...shown } = isHopeless ? hopeless : await findCards(deps, wanted);
  const summaries = await describeCards(deps, caller, shown);
  const items = summaries.map((summary, index) => ({ ...summary, ...matchOf(shown.cards[index], words) }));
  const facets = countFacets(found.groups, filters);
  const publisher = facets.publisher.map((each) => (each.value === tenantId ? { ...each, value: ownPublisher } : each));
  return {
    ...toPageBody({ total: found.total, items }, performance.now() - started),
    facets: { ...facets, publisher },
  };
}

/** What was found, by which words, and the cards of its page. */
interface FoundCards extends CardsShown {
  readonly found: MarketplaceFound;
  readonly words: readonly string[];
  readonly cards: readonly MarketplaceCard[];
}

const hopeless: FoundCards = { found: { total: 0, entries: [], groups: [] }, words: [], cards: [] };
const isByUse = (sort: string | undefined): boolean => sort === 'used' || sort === '-used';
/** Searches until none of what was found has changed before it could be shown. */
const mostAttempts = 3;

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

/** The page of a connector that changed between search and card is searched again; in the last attempt it is left out. */
async function findCards(deps: MarketplaceDeps, query: MarketplaceQuery, attempt = 1): Promise<FoundCards> {
  const { index, configured } = await deps.copy.read(query.tenantId);
  const { found, words } = findForgiving(index, query);
  const read = await deps.cards.of(found.entries);
  const cards = read.filter((card) => card !== undefined);
  const isWhole = cards.length === read.length || attempt === mostAttempts;
  return isWhole ? { found, words, cards, configured } : findCards(deps, query, attempt + 1);
}

function matchOf(
  card: MarketplaceCard | undefined,
  words: readonly string[],
): Pick<ConnectorSummary, 'matchedOperations'> {
  const matched = card === undefined || words.length === 0 ? [] : matchedOperations(card, words, mostMatchedOperations);
  return matched.length === 0 ? {} : { matchedOperations: matched };
}
