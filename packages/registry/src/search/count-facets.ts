/** Filters of the marketplace. */
export const facetNames = ['category', 'authType', 'runtime', 'stage', 'publisher', 'price'] as const;
export type FacetName = (typeof facetNames)[number];

/** How many matches have one combination of filter values. */
export interface FacetGroup {
  readonly category: string;
  readonly authTypes: readonly string[];
  readonly runtime: string;
  readonly stage: string;
  readonly price: string;
  readonly publisher: string;
  readonly count: number;
}

/** A value of a filter and how many connectors it would leave. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** Wanted values by filter; those of one filter are alternatives. */
export type FacetFilters = Partial<Record<FacetName, readonly string[]>>;

/** Values that a combination has of one filter; no value is none. */
export function valuesOf(group: Omit<FacetGroup, 'count'>, facet: FacetName): readonly string[] {
  if (facet === 'authType') return group.authTypes;
  return group[facet] === '' ? [] : [group[facet]];
}

/** Counts per value of each filter, under the *other* filters; the most frequent first. */
export function countFacets(groups: readonly FacetGroup[], filters: FacetFilters): Record<FacetName, FacetCount[]> {
  const counts = facetNames.map((facet) => [facet, countFacet(groups, filters, facet)] as const);
  return Object.fromEntries(counts) as Record<FacetName, FacetCount[]>;
}

function countFacet(groups: readonly FacetGroup[], filters: FacetFilters, facet: FacetName): FacetCount[] {
  const others = facetNames.filter((name) => name !== facet && (filters[name]?.length ?? 0) > 0);
  const counts = new Map<string, number>();
  for (const group of groups) {
    const isLeft = others.every((name) => valuesOf(group, name).some((value) => filters[name]?.includes(value)));
    if (!isLeft) continue;
    for (const value of valuesOf(group, facet)) counts.set(value, (counts.get(value) ?? 0) + group.count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}
