/** Body of a `_search` (schema `page`). */
export interface PageBody<Source> {
  readonly took: number;
  readonly hits: {
    readonly total: { readonly value: number; readonly relation: 'eq' };
    readonly hits: { readonly _id: string; readonly _source: Source }[];
  };
}

/** Body of a view (schema `found`). */
export interface FoundBody<Source> {
  readonly _id: string;
  readonly _source: Source;
  readonly found: true;
}

/** Writes one page of a list; every source carries its own id. */
export function toPageBody<Source extends { readonly id: string }>(
  page: { readonly total: number; readonly items: readonly Source[] },
  tookMs: number,
): PageBody<Source> {
  return {
    took: Math.max(0, Math.round(tookMs)),
    hits: {
      total: { value: page.total, relation: 'eq' },
      hits: page.items.map((item) => ({ _id: item.id, _source: item })),
    },
  };
}

/** Writes one resource. */
export function toFoundBody<Source extends { readonly id: string }>(source: Source): FoundBody<Source> {
  return { _id: source.id, _source: source, found: true };
}
