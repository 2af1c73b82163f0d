/** A page of a list as the API answers it. */
interface Page<Row> {
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly { readonly _source: Row }[] };
}

/** A page of a list, without the envelope. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Takes the rows out of the envelope of a `_search`. */
export function rowsOf<Row>(page: Page<Row>): Rows<Row> {
  return { rows: page.hits.hits.map((hit) => hit._source), total: page.hits.total.value };
}
