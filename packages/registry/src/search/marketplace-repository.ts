import { parseSort, type DatabaseConnection } from '@patchbay/database';
import type { VisibleConnectorRow } from '../connector/connector-row.ts';
import type { FacetGroup, FacetName } from './count-facets.ts';

/** What to look for. Values of one filter are alternatives. */
export interface MarketplaceQuery {
  readonly tenantId: string;
  readonly terms: readonly string[];
  readonly filters: Partial<Record<FacetName, readonly string[]>>;
  readonly from: number;
  readonly size: number;
  readonly sort?: string | undefined;
  /** Number of uses by slug, for the order `used`. */
  readonly uses?: Readonly<Record<string, number>> | undefined;
}

/** One page, the number of all, and how many there are of each combination of filter values before any filter. */
export interface MarketplaceFound {
  readonly total: number;
  readonly rows: readonly VisibleConnectorRow[];
  readonly groups: readonly FacetGroup[];
}

/** The search of the marketplace over its word table. */
export interface MarketplaceRepository {
  /** Best match first, without words by name. Throws `validation_error` for an unknown order. */
  search(query: MarketplaceQuery): Promise<MarketplaceFound>;
  /** Words that stand in something the tenant may find and resemble one that it misspelled. */
  findCandidates(tenantId: string, term: string): Promise<string[]>;
}

const orders = {
  name: 'name_key',
  newest: 'published_at',
  published: 'published_at',
  used: 'used',
  category: 'category',
};
const mostCandidates = 400;
const shortestInside = 3;
/** How a word was found; 0: the term is a piece of it. */
const [wholeWord, startOfWord] = [2, 1];

const isFound = '(e.audience = :tenant or (e.audience is null and e.hidden_from is distinct from :tenant))';

/** Matches of one term with the score of its best word. Ids stand by value, so that the planner knows how frequent they are. */
function scoresOf(ord: number, isOneWord: boolean): string {
  const at = String(ord);
  const score = `weight * case when word_id = any(:whole${at}::int[]) then 1.0
                               when word_id = any(:start${at}::int[]) then 0.95 else 0.9 end::real`;
  const found = `from marketplace_postings where word_id = any(:ids${at}::int[])`;
  // One word is at most once in an entry.
  return isOneWord
    ? `s${at} as (select no, ${score} as score ${found}),`
    : `s${at} as (select no, max(${score}) as score ${found} group by no),`;
}

function foundBy(terms: readonly string[], words: readonly FoundWord[]): string {
  if (terms.length === 0) {
    return `found as materialized (
         select e.no, e.facet_id, e.name_key, e.published_at, 0::real as score from marketplace_entries e where ${isFound})`;
  }
  const parts = terms.map((_term, ord) => scoresOf(ord, words.filter((word) => word.ord === ord).length === 1));
  const scores = terms.map((_term, ord) => `s${String(ord)}.score`).join(' + ');
  const joins = terms.map((_term, ord) => (ord === 0 ? 's0' : `join s${String(ord)} using (no)`)).join(' ');
  return `${parts.join('')} found as materialized (
         select e.no, e.facet_id, e.name_key, e.published_at,
                ${scores} + case when e.name_key = :phrase then 100 else 0 end as score
           from ${joins} join marketplace_entries e using (no) where ${isFound})`;
}

const rowsByNumber = `
  select c.id, c.tenant_id, c.slug, c.name, c.description, c.type, c.category, c.subcategory, c.tags, c.icon, c.icon_source,
         c.assets, c.url, c.documentation_url, c.path_hierarchy, c.oauth_connect_implemented, c.processor, c.runtime,
         c.origin_kind, c.origin_component_id, c.package_name, c.vendor, c.price, c.availability, c.vendor_portal_url,
         c.is_enabled, c.is_builtin, c.is_slug_locked, c.revision, c.created_at, c.created_by, c.updated_at, c.updated_by,
         v.version as head_version, v.stage, v.visibility, v.deprecation, v.published_at, v.auth_types, v.operations,
         false as has_draft
    from unnest(?::int[]) with ordinality as page(no, place)
    join marketplace_entries e on e.no = page.no
    join connectors c on c.id = e.connector_id
    join connector_versions v on v.id = e.version_id
   order by page.place`;

interface FoundRow {
  readonly total: string;
  readonly page: number[] | null;
  readonly groups: FacetGroup[] | null;
}

export function createMarketplaceRepository(db: DatabaseConnection): MarketplaceRepository {
  return {
    async search(query) {
      const words = await findWords(db, query.terms);
      if (new Set(words.map((word) => word.ord)).size < query.terms.length) return { total: 0, rows: [], groups: [] };
      const { sql, bindings } = statementOf(query, words);
      const { rows } = await db.raw<{ rows: FoundRow[] }>(sql, bindings);
      const row = rows[0];
      const page = row?.page ?? [];
      const shown =
        page.length === 0 ? { rows: [] } : await db.raw<{ rows: VisibleConnectorRow[] }>(rowsByNumber, [page]);
      return { total: Number(row?.total ?? 0), rows: shown.rows, groups: row?.groups ?? [] };
    },
    async findCandidates(tenantId, term) {
      const { rows } = await db.raw<{ rows: { word: string }[] }>(
        `select w.word from marketplace_words w
          where length(w.word) between :length::int - 2 and :length::int + 2
            and (left(w.word, 1) = left(:term, 1) or right(w.word, 2) = right(:term, 2) or substr(w.word, 2, 2) = substr(:term, 2, 2))
            and exists (select from marketplace_postings p join marketplace_entries e on e.no = p.no
                         where p.word_id = w.id and ${isFound})
          limit :most`,
        { tenant: tenantId, term, length: term.length, most: mostCandidates },
      );
      return rows.map((row) => row.word);
    },
  };
}

/** A word that one of the terms finds, and how well. */
interface FoundWord {
  readonly id: number;
  readonly ord: number;
  readonly quality: number;
}

/** A whole word counts more than its beginning, that more than a piece of it; a short term is no piece of anything. */
async function findWords(db: DatabaseConnection, terms: readonly string[]): Promise<FoundWord[]> {
  if (terms.length === 0) return [];
  const one = (term: string): string =>
    `select id, ?::int as ord, case when word = ? then ${wholeWord} when starts_with(word, ?) then ${startOfWord} else 0 end as quality
       from marketplace_words where ${term.length >= shortestInside ? 'word like ?' : 'word ^@ ?'}`;
  const sql = terms.map(one).join(' union all ');
  const bindings = terms.flatMap((term, ord) => [ord, term, term, term.length >= shortestInside ? `%${term}%` : term]);
  const { rows } = await db.raw<{ rows: FoundWord[] }>(sql, bindings);
  return rows;
}

function bindingsOf(ord: number, words: readonly FoundWord[]): Record<string, number[]> {
  const own = words.filter((word) => word.ord === ord);
  const idsOf = (quality: number): number[] => own.filter((word) => word.quality === quality).map((word) => word.id);
  return {
    [`ids${String(ord)}`]: own.map((word) => word.id),
    [`whole${String(ord)}`]: idsOf(wholeWord),
    [`start${String(ord)}`]: idsOf(startOfWord),
  };
}

function statementOf(
  query: MarketplaceQuery,
  words: readonly FoundWord[],
): { sql: string; bindings: Record<string, string | number | string[] | number[]> } {
  const wanted = Object.entries(query.filters).filter(([, values]) => values.length > 0);
  const isWanted = wanted.map(([name]) => conditions[name as FacetName]).join(' and ');
  const chosen = isWanted === '' ? 'found f' : `found f join marketplace_facets w on w.id = f.facet_id and ${isWanted}`;
  const sort = parseSort(query.sort, orders);
  const order =
    sort === undefined ? 'f.score desc' : `${sortColumn(sort.column)} ${sort.order === 'desc' ? 'desc' : 'asc'}`;
  const sql = `
    with ${foundBy(query.terms, words)}
    select (select count(*) from ${chosen}) as total,
           (select array_agg(no) from
             (select f.no from ${chosen} order by ${order}, f.name_key, f.no offset :from limit :size) page) as page,
           (select json_agg(g) from
             (select k.category, k.auth_types as "authTypes", k.runtime, k.stage, k.price, k.publisher, c.count
                from (select facet_id, count(*)::int as count from found group by facet_id) c
                join marketplace_facets k on k.id = c.facet_id) g) as groups`;
  return {
    sql,
    bindings: {
      tenant: query.tenantId,
      ...{ from: query.from, size: query.size },
      ...(query.terms.length > 0 && {
        ...Object.fromEntries(query.terms.flatMap((_term, ord) => Object.entries(bindingsOf(ord, words)))),
        phrase: query.terms.join(' '),
      }),
      ...(sort?.column === 'used' && { uses: JSON.stringify(query.uses ?? {}) }),
      ...Object.fromEntries(wanted.map(([name, values]) => [`wanted_${name}`, [...values]])),
    },
  };
}

const conditions: Record<FacetName, string> = {
  category: 'w.category = any(:wanted_category::text[])',
  authType: 'w.auth_types && :wanted_authType::text[]',
  runtime: 'w.runtime = any(:wanted_runtime::text[])',
  stage: 'w.stage = any(:wanted_stage::text[])',
  price: 'w.price = any(:wanted_price::text[])',
  publisher: 'w.publisher = any(:wanted_publisher::text[])',
};

/** What is not in the word table is looked up for the order alone. */
function sortColumn(column: string): string {
  if (column === 'category') return '(select k.category from marketplace_facets k where k.id = f.facet_id)';
  if (column === 'used')
    return `(select coalesce((:uses::jsonb ->> c.slug)::int, 0) from marketplace_entries e
               join connectors c on c.id = e.connector_id where e.no = f.no)`;
  return `f.${column}`;
}
