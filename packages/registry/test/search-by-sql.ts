import { parseSort, type DatabaseConnection } from '@patchbay/database';
import { correctWord } from '../src/search/correct-spelling.ts';
import type { FacetGroup, FacetName } from '../src/search/count-facets.ts';
import type { MarketplaceQuery } from '../src/search/memory/marketplace-query.ts';

/** What a search finds, as numbers of entries. */
export interface FoundBySql {
  readonly total: number;
  readonly page: readonly number[];
  readonly groups: readonly FacetGroup[];
}

/** The search as one statement over the tables: slow, and the measure of the one in memory. */
export async function searchBySql(db: DatabaseConnection, query: MarketplaceQuery): Promise<FoundBySql> {
  const found = await searchOnce(db, query);
  if (found.groups.length > 0 || query.terms.length === 0) return found;
  const corrected = await Promise.all(query.terms.map((term) => correct(db, query.tenantId, term)));
  if (corrected.every((term, at) => term === query.terms[at])) return found;
  return searchOnce(db, { ...query, terms: [...new Set(corrected)] });
}

const isFound = '(e.audience = :tenant or (e.audience is null and e.hidden_from is distinct from :tenant))';

async function correct(db: DatabaseConnection, tenant: string, term: string): Promise<string> {
  const { rows } = await db.raw<{ rows: { word: string }[] }>(
    `select w.word from marketplace_words w
      where length(w.word) between :length::int - 2 and :length::int + 2
        and (left(w.word, 1) = left(:term, 1) or right(w.word, 2) = right(:term, 2) or substr(w.word, 2, 2) = substr(:term, 2, 2))
        and exists (select from marketplace_postings p join marketplace_entries e on e.no = p.no
                     where p.word_id = w.id and ${isFound})`,
    { tenant, term, length: term.length },
  );
  return correctWord(
    term,
    rows.map((row) => row.word),
  );
}

const orders = {
  name: 'f.name_key',
  newest: 'f.published_at',
  published: 'f.published_at',
  category: '(select k.category from marketplace_facets k where k.id = f.facet_id)',
  used: `(select coalesce((:uses::jsonb ->> c.slug)::int, 0) from marketplace_entries e
            join connectors c on c.id = e.connector_id where e.no = f.no)`,
};

const conditions: Record<FacetName, string> = {
  category: 'w.category = any(:category::text[])',
  authType: 'w.auth_types && :authType::text[]',
  runtime: 'w.runtime = any(:runtime::text[])',
  stage: 'w.stage = any(:stage::text[])',
  price: 'w.price = any(:price::text[])',
  publisher: 'w.publisher = any(:publisher::text[])',
};

/** A whole word counts more than its beginning, that more than a piece of it; a short term is no piece of anything. */
function scoresOf(ord: number): string {
  return `s${ord} as (
    select p.no, max(p.weight * case when w.word = :term${ord} then 1.0 when starts_with(w.word, :term${ord}) then 0.95 else 0.9 end::real) as score
      from marketplace_postings p join marketplace_words w on w.id = p.word_id
     where starts_with(w.word, :term${ord}) or (length(:term${ord}) >= 3 and position(:term${ord} in w.word) > 0)
     group by p.no)`;
}

function foundBy(terms: readonly string[]): string {
  if (terms.length === 0) {
    return `found as (select e.no, e.facet_id, e.name_key, e.published_at, 0::real as score from marketplace_entries e where ${isFound})`;
  }
  const scores = terms.map((_term, ord) => `s${ord}.score`).join(' + ');
  const joins = terms.map((_term, ord) => (ord === 0 ? 's0' : `join s${ord} using (no)`)).join(' ');
  return `${terms.map((_term, ord) => scoresOf(ord)).join(', ')}, found as (
    select e.no, e.facet_id, e.name_key, e.published_at, ${scores} + case when e.name_key = :phrase then 100 else 0 end as score
      from ${joins} join marketplace_entries e using (no) where ${isFound})`;
}

async function searchOnce(db: DatabaseConnection, query: MarketplaceQuery): Promise<FoundBySql> {
  const wanted = Object.entries(query.filters).filter(([, values]) => values.length > 0);
  const isWanted = wanted.map(([name]) => conditions[name as FacetName]).join(' and ');
  const chosen = isWanted === '' ? 'found f' : `found f join marketplace_facets w on w.id = f.facet_id and ${isWanted}`;
  const sort = parseSort(query.sort, orders);
  const order = sort === undefined ? 'f.score desc' : `${sort.column} ${sort.order}`;
  const { rows } = await db.raw<{ rows: { total: number; page: number[] | null; groups: FacetGroup[] | null }[] }>(
    `with ${foundBy(query.terms)}
     select (select count(*)::int from ${chosen}) as total,
            (select array_agg(no) from
              (select f.no from ${chosen} order by ${order}, f.name_key, f.no offset :from limit :size) page) as page,
            (select json_agg(g) from
              (select k.category, k.auth_types as "authTypes", k.runtime, k.stage, k.price, k.publisher, count(*)::int as count
                 from found f join marketplace_facets k on k.id = f.facet_id group by k.id) g) as groups`,
    {
      ...{ tenant: query.tenantId, from: query.from, size: query.size, phrase: query.terms.join(' ') },
      uses: JSON.stringify(query.uses ?? {}),
      ...Object.fromEntries(query.terms.map((term, ord) => [`term${ord}`, term])),
      ...Object.fromEntries(wanted.map(([name, values]) => [name, [...values]])),
    },
  );
  const { total = 0, page, groups } = rows[0] ?? {};
  return { total, page: page ?? [], groups: groups ?? [] };
}
