import type { FacetFilters, FacetGroup } from '../count-facets.ts';
import type { MarketplaceEntry } from './entry-table.ts';

/** What to look for. Values of one filter are alternatives. */
export interface MarketplaceQuery {
  readonly tenantId: string;
  readonly terms: readonly string[];
  readonly filters: FacetFilters;
  readonly from: number;
  readonly size: number;
  readonly sort?: string | undefined;
  /** Number of uses by slug, for the order `used`. */
  readonly uses?: Readonly<Record<string, number>> | undefined;
}

/** The entries of one page, the number of all, and how many there are of each combination of filter values before any filter. */
export interface MarketplaceFound {
  readonly total: number;
  readonly entries: readonly MarketplaceEntry[];
  readonly groups: readonly FacetGroup[];
}
