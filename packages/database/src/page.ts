import { AppError } from '@patchbay/errors';
import type { Knex } from 'knex';

/** What part of a list is asked for, and in which order. */
export interface PageRequest {
  readonly from: number;
  readonly size: number;
  /** `field` or `-field` (descending). */
  readonly sort?: string | undefined;
}

/** A part of a list with the number of all that match. */
export interface PageResult<Item> {
  readonly total: number;
  readonly items: readonly Item[];
}

/** Order of a list: column names come from a fixed table, never from the caller. */
export interface SortOrder {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

/**
 * Reads `sort` against the fields a list can be sorted by.
 * Throws `validation_error` for any other field.
 */
export function parseSort(sort: string | undefined, columns: Readonly<Record<string, string>>): SortOrder | undefined {
  if (sort === undefined || sort === '') return undefined;
  const field = sort.startsWith('-') ? sort.slice(1) : sort;
  const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column === undefined) {
    const fields = [
      { path: '/sort', message: `One of ${Object.keys(columns).join(', ')}, with - before it for descending.` },
    ];
    throw new AppError('validation_error', { details: { fields } });
  }
  return { column, order: sort.startsWith('-') ? 'desc' : 'asc' };
}

/** Reads one page of `query` and counts all its rows, at the same time. `query` must not be ordered or limited yet. */
export async function readPage<Row>(
  query: Knex.QueryBuilder,
  page: PageRequest,
  orders: readonly SortOrder[],
): Promise<PageResult<Row>> {
  const counting = query.clone().clearSelect().count({ total: '*' }).first() as PromiseLike<
    { total: string } | undefined
  >;
  const reading = query
    .clone()
    .orderBy([...orders])
    .offset(page.from)
    .limit(page.size) as PromiseLike<Row[]>;
  const [count, items] = await Promise.all([counting, page.size === 0 ? [] : reading]);
  return { total: Number(count?.total ?? 0), items };
}

/** A pattern for `ilike` that finds `text` as it stands: `%`, `_` and `\` lose their meaning. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

/** Narrows a search to rows in which one of the columns holds the text, in whatever case; without a text all rows stay. */
export function narrowToText(rows: Knex.QueryBuilder, text: string | undefined, columns: readonly string[]): void {
  if (text === undefined || text === '') return;
  const pattern = containsPattern(text);
  void rows.where((any) => {
    for (const column of columns) void any.orWhereILike(column, pattern);
  });
}
