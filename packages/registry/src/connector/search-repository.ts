import { parseSort, readPage, type DatabaseConnection, type PageRequest, type PageResult } from '@patchbay/database';
import type { Knex } from 'knex';
import type { VisibleConnectorRow } from './connector-row.ts';
import type { Reader } from './reader.ts';
import { parseTerms, type SearchTerm } from './search-terms.ts';
import { visibleConnectors } from './visible-connectors-repository.ts';

/** What to look for. Values of one filter are alternatives. */
export interface ConnectorSearch extends PageRequest {
  readonly query?: string | undefined;
  readonly category?: readonly string[] | undefined;
  readonly authType?: readonly string[] | undefined;
  readonly runtime?: readonly string[] | undefined;
}

/** A filter and how many connectors it would leave. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

type FacetName = 'category' | 'authType' | 'runtime';

/** The search over connectors. */
export interface SearchRepository {
  /** Best match first; without words by name. Throws `validation_error` for an unknown order. */
  search(reader: Reader, search: ConnectorSearch): Promise<PageResult<VisibleConnectorRow>>;
  /** Counts per value of each filter, under the words and the *other* filters. */
  countFacets(reader: Reader, search: ConnectorSearch): Promise<Record<FacetName, FacetCount[]>>;
  /** The words in the names and operations of all that the tenant may see. */
  listWords(reader: Reader): Promise<string[]>;
}

/** Beyond this many different words a correction is not worth its time. */
const mostWords = 20_000;

const sortColumns = { name: 'name', category: 'category', created: 'created_at', updated: 'updated_at' };

/** Name before tag and category before operation before description. */
const nameScore = `case
  when lower(name) = :word or slug = :word then 100
  when name ilike :startsWith or slug ilike :startsWith then 90
  when name ilike :contains or slug ilike :contains then 80 else 0 end`;
const restScore = `case
  when category ilike :contains or exists (select from unnest(tags) as tag where tag ilike :contains) then 60
  when operation_text ilike :contains then 50
  when description ilike :contains then 20 else 0 end`;
/** A typing error in a name counts less than a right word anywhere but in the description; short words must be closer, or all would match. */
const similarScore = `case
  when word_similarity(:word, lower(name)) >= case when length(:word) >= 5 then 0.45 else 0.6 end
    then 45 * word_similarity(:word, lower(name))
  when word_similarity(:word, lower(operation_text)) >= case when length(:word) >= 5 then 0.4 else 0.6 end
    then 20 * word_similarity(:word, lower(operation_text)) else 0 end`;

export function createSearchRepository(db: DatabaseConnection): SearchRepository {
  return {
    async search(reader, search) {
      const scoring = await chooseScoring(db, search);
      const sort = parseSort(search.sort, sortColumns);
      const byName = { column: 'name', order: 'asc' } as const;
      const orders = [sort ?? { column: 'score', order: 'desc' as const }, byName, { ...byName, column: 'id' }];
      return readPage<VisibleConnectorRow>(filtered(matching(db, reader, scoring), search), search, orders);
    },
    async countFacets(reader, search) {
      const scoring = await chooseScoring(db, search);
      const count = (facet: FacetName): Promise<FacetCount[]> =>
        countFacet(db, filtered(matching(db, reader, scoring), { ...search, [facet]: undefined }), facet);
      const [category, authType, runtime] = await Promise.all([count('category'), count('authType'), count('runtime')]);
      return { category, authType, runtime };
    },
    async listWords(reader) {
      const word = db.raw(`regexp_split_to_table(lower(name || ' ' || operation_text), '[^[:alnum:]]+') as word`);
      const words = listed(db, reader).select(word).distinct().limit(mostWords).as('words');
      return db.from(words).pluck('word');
    },
  };
}

/** The words and the expression that scores one of them. */
interface Scoring {
  readonly terms: readonly SearchTerm[];
  readonly score: string;
}

async function chooseScoring(db: DatabaseConnection, search: ConnectorSearch): Promise<Scoring> {
  const terms = parseTerms(search.query);
  const isForgiving = terms.length > 0 && (await hasTrigram(db));
  return { terms, score: `greatest(${[nameScore, restScore, ...(isForgiving ? [similarScore] : [])].join(', ')})` };
}

async function hasTrigram(db: DatabaseConnection): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(`select from pg_extension where extname = 'pg_trgm'`);
  return rows.length > 0;
}

/** What the marketplace shows: the visible ones that were published. */
function listed(db: DatabaseConnection, reader: Reader): Knex.QueryBuilder {
  return visibleConnectors(db, reader).whereIn('connectors.stage', ['published', 'pre_released', 'deprecated']);
}

/** Visible connectors that every word matches, with their score. */
function matching(db: DatabaseConnection, reader: Reader, { terms, score }: Scoring): Knex.QueryBuilder {
  const scores = terms.map((term) => db.raw(score, bindingsOf(term)));
  const list = ['0', ...scores.map(() => '?')].join(', ');
  const scored = listed(db, reader).select('connectors.*', {
    scores: db.raw(`array[${list}]::real[]`, scores),
  });
  return db
    .select('*', { score: db.raw('(select sum(s) from unnest(scores) as s)') })
    .from(scored.as('scored'))
    .whereRaw('0 < all (scores[2:])');
}

function bindingsOf(term: SearchTerm): Record<string, string> {
  return { word: term.word, startsWith: term.startsWith, contains: term.contains };
}

type Filters = Pick<ConnectorSearch, FacetName>;

function filtered(query: Knex.QueryBuilder, filters: Filters): Knex.QueryBuilder {
  if (filters.category) void query.whereIn('category', filters.category);
  if (filters.runtime) void query.whereIn('runtime', filters.runtime);
  if (filters.authType) void query.whereRaw('auth_types && ?::text[]', [[...filters.authType]]);
  return query;
}

const facetValues = { category: 'category', authType: 'unnest(auth_types)', runtime: 'runtime' };

async function countFacet(db: DatabaseConnection, matches: Knex.QueryBuilder, facet: FacetName): Promise<FacetCount[]> {
  const columns = db.raw<{ value: string; count: string }>(`${facetValues[facet]} as value, count(*) as count`);
  const rows: { value: string; count: string }[] = await db
    .select(columns)
    .from(matches.as('matches'))
    .groupBy('value');
  const counts = rows.map((row) => ({ value: row.value, count: Number(row.count) }));
  return counts.toSorted((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
}
