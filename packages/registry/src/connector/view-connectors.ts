import {
  toFoundBody,
  toPageBody,
  type Connector,
  type ConnectorSummary,
  type FoundBody,
  type PageBody,
  type RouteQuery,
} from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { RegistryDeps } from '../registry-deps.ts';
import { compareVersions } from './compare-versions.ts';
import { correctSpelling } from './correct-spelling.ts';
import { createConnectorRepository, type StoredVersion } from './connector-repository.ts';
import { toSummary, type ConnectorRow, type OperationLabel } from './connector-row.ts';
import { createSearchRepository, type ConnectorSearch, type FacetCount } from './search-repository.ts';
import { parseTerms } from './search-terms.ts';

const mostMatchedOperations = 8;

/** Body of the marketplace search. */
export type MarketplacePage = PageBody<ConnectorSummary> & { readonly facets: Record<string, FacetCount[]> };

/** Connectors the tenant may see whose name matches. */
export async function searchConnectors(
  deps: RegistryDeps,
  tenantId: string,
  query: RouteQuery<'searchConnectors'>,
): Promise<PageBody<ConnectorSummary>> {
  const started = performance.now();
  const page = await searchPage(deps, tenantId, { ...query, within: 'names' });
  return toPageBody(page, performance.now() - started);
}

/** Connectors the tenant may see by name, operation, tag and description, with counts for the filters. */
export async function searchMarketplace(
  deps: RegistryDeps,
  tenantId: string,
  query: RouteQuery<'searchMarketplace'>,
): Promise<MarketplacePage> {
  const started = performance.now();
  const search = await corrected(deps, tenantId, { ...query, within: 'everything' });
  const [page, facets] = await Promise.all([
    searchPage(deps, tenantId, search),
    createSearchRepository(deps.database.connection).countFacets(tenantId, search),
  ]);
  return { ...toPageBody(page, performance.now() - started), facets };
}

/** A search that finds nothing at all, filters aside, is made again with its words corrected. */
async function corrected(deps: RegistryDeps, tenantId: string, search: ConnectorSearch): Promise<ConnectorSearch> {
  const words = parseTerms(search.query).map((term) => term.word);
  if (words.length === 0) return search;
  const repository = createSearchRepository(deps.database.connection);
  const any = await repository.search(tenantId, { query: search.query, within: search.within, from: 0, size: 0 });
  if (any.total > 0) return search;
  return { ...search, query: correctSpelling(words, await repository.listWords(tenantId)).join(' ') };
}

async function searchPage(
  deps: RegistryDeps,
  tenantId: string,
  search: ConnectorSearch,
): Promise<{ total: number; items: ConnectorSummary[] }> {
  const [page, uses] = await Promise.all([
    createSearchRepository(deps.database.connection).search(tenantId, search),
    deps.references.countUsesOfConnectors(tenantId),
  ]);
  const items = page.items.map((row) => ({
    ...toSummary(row, usesOf(uses, row.slug)),
    ...matchedOperations(row.operations, search.query),
  }));
  return { total: page.total, items };
}

function usesOf(uses: Readonly<Record<string, number>>, slug: string): number {
  return Object.hasOwn(uses, slug) ? (uses[slug] ?? 0) : 0;
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

/** A connector by id or slug with the manifest of a version, by default the newest published one. Throws `connector_not_found`. */
export async function getConnector(
  deps: RegistryDeps,
  tenantId: string,
  which: { readonly idOrSlug: string; readonly version?: string },
): Promise<FoundBody<Connector>> {
  const connectors = createConnectorRepository(deps.database.connection);
  const row = await connectors.findVisible(tenantId, which.idOrSlug);
  if (row === undefined) throw new AppError('connector_not_found');
  const [versions, uses] = await Promise.all([
    connectors.versionsOf(row.id),
    deps.references.countUsesOfConnectors(tenantId),
  ]);
  const version = versions.find((each) => each.version === (which.version ?? row.head_version));
  if (version === undefined)
    throw new AppError('connector_not_found', { message: 'The connector has no such version.' });
  const manifest = await connectors.findManifest({
    connectorId: row.id,
    version: version.version,
    integrity: version.integrity,
  });
  if (manifest === undefined) throw new AppError('connector_not_found');
  return toFoundBody({
    ...toSummary(row, usesOf(uses, row.slug)),
    ...ofVersion(row, version),
    manifest,
    versions: versions.toSorted((left, right) => compareVersions(right.version, left.version)).map(toVersionView),
  });
}

function ofVersion(row: ConnectorRow, version: StoredVersion): Pick<Connector, 'version' | 'stage' | 'integrity'> {
  const stage = version.version === row.head_version ? row.stage : (version.stage as Connector['stage']);
  return { version: version.version, stage, integrity: version.integrity };
}

function toVersionView(version: StoredVersion): Connector['versions'][number] {
  return {
    version: version.version,
    stage: version.stage,
    ...(version.publishedAt === null ? {} : { published: version.publishedAt.toISOString() }),
  };
}
