import { facetNames, valuesOf, type FacetFilters, type FacetGroup } from '../count-facets.ts';

/** A combination of filter values. */
export interface Facet extends Omit<FacetGroup, 'count'> {
  readonly id: number;
  /** Place of the category among all. */
  readonly categoryPlace: number;
}

/** The combinations of filter values by number: ids have gaps, numbers have none. */
export class FacetTable {
  readonly #facets: Facet[] = [];
  readonly #numbers = new Map<number, number>();

  get size(): number {
    return this.#facets.length;
  }

  /** Takes over all there are; those that were known keep their number. */
  set(facets: readonly Facet[]): void {
    for (const facet of facets) {
      const number = this.#numbers.get(facet.id) ?? this.#facets.length;
      this.#numbers.set(facet.id, number);
      this.#facets[number] = facet;
    }
  }

  numberOf(id: number): number | undefined {
    return this.#numbers.get(id);
  }

  at(number: number): Facet {
    const facet = this.#facets[number];
    if (facet === undefined) throw new Error('A number without a combination cannot happen');
    return facet;
  }

  /** By number: whether the combination passes all filters. */
  passing(filters: FacetFilters): readonly boolean[] {
    const wanted = facetNames.filter((name) => (filters[name]?.length ?? 0) > 0);
    return this.#facets.map((facet) =>
      wanted.every((name) => valuesOf(facet, name).some((value) => filters[name]?.includes(value))),
    );
  }

  /** Combinations that occur, from the counts by number. */
  groups(counts: readonly number[]): FacetGroup[] {
    return this.#facets.flatMap((facet, number) => {
      const count = counts[number] ?? 0;
      const { category, authTypes, runtime, stage, price, publisher } = facet;
      return count === 0 ? [] : [{ category, authTypes, runtime, stage, price, publisher, count }];
    });
  }
}
