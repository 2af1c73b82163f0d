import type { ApiClient, ConnectorSummary } from '@patchbay/api-contract/client';
import { rowsOf } from '../../api/rows.ts';
import { connectorLook } from '../../ui/tile/connector-look.ts';
import type { FoundConnector, MarketplaceFinder } from '../palette/marketplace-search.ts';
import { connectorEntries } from '../palette/palette-index.ts';
import type { CatalogStore } from './catalog-store.ts';

/** As many as the Marketplace page shows at once. */
const pageSize = 60;

/** Stages of versions that a new step may use. */
const usable: readonly string[] = ['ready', 'pre_released', 'published'];

/** Searches the marketplace as its page does, and reads what a step needs to know of each connector (CH-08, CH-10). */
export function marketplaceFinder(api: ApiClient, catalog: CatalogStore): MarketplaceFinder {
  return async (query, signal) => {
    const { rows, total } = rowsOf(await api.call('searchMarketplace', { query: { query, size: pageSize }, signal }));
    await catalog.loadVersions(rows);
    return { total, connectors: rows.map((row) => toFound(row, catalog)) };
  };
}

function toFound(row: ConnectorSummary, catalog: CatalogStore): FoundConnector {
  const { slug, name, version, stage, enabled, deprecation, matchedOperations = [] } = row;
  const found = { slug, name, version, deprecation, look: connectorLook(row) };
  const manifest = catalog.manifestOf(slug, version);
  if (manifest === undefined || !enabled || !usable.includes(stage)) return found;
  const entries = connectorEntries(manifest);
  const matched = new Set(matchedOperations.map((operation) => `${slug}.${operation.name}`));
  const entry = entries.find(({ id }) => matched.has(id)) ?? entries[0];
  return entry === undefined ? found : { ...found, entry };
}
