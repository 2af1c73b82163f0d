import { containsPattern, type DatabaseConnection, type PageResult, type SortOrder } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { Knex } from 'knex';
import type { VisibleConnectorRow } from './connector-row.ts';
import type { FilterTerm } from './filter-terms.ts';
import type { Reader } from './reader.ts';
import { knownConnectors, visibleConnectors } from './visible-connectors-repository.ts';

/** What to list. */
export interface ConnectorListing {
  /** Words that name or slug hold, all of them (CO-33, ZO-11). */
  readonly words: readonly string[];
  readonly filters: readonly FilterTerm[];
  /** `-field`, or `a:desc,b:asc`; absent: best match, then newest. */
  readonly sort?: string | undefined;
  readonly from: number;
  readonly size: number;
}

interface Column {
  readonly sql: string;
  readonly kind: 'text' | 'number' | 'time' | 'flag' | 'list';
  /** What the version says that the reader sees first, not the connector. */
  readonly isOfVersion?: true;
}

const text = (sql: string): Column => ({ sql, kind: 'text' });
const flag = (sql: string): Column => ({ sql, kind: 'flag' });
const list = (sql: string): Column => ({ sql, kind: 'list' });
const time = (sql: string): Column => ({ sql, kind: 'time' });
const ofVersion = (column: Column): Column => ({ ...column, isOfVersion: true });

/** Fields by which connectors can be filtered and sorted, as they are called on the wire. */
const columns: Readonly<Record<string, Column>> = {
  ...{ id: text('id'), _id: text('id'), name: text('name'), slug: text('slug'), description: text('description') },
  ...{ type: text('type'), category: text('category'), subcategory: text('subcategory'), icon: text('icon_source') },
  ...{ version: ofVersion(text('head_version')), stage: ofVersion(text('stage')) },
  ...{ visibility: ofVersion(text('visibility')), runtime: text('runtime') },
  ...{ url: text('url'), documentation_url: text('documentation_url'), updated_by: text('updated_by') },
  ...{ price: text('price'), availability: text('availability'), 'origin.kind': text('origin_kind') },
  ...{ tags: list('tags'), authTypes: ofVersion(list('auth_types')), auth_type: ofVersion(list('auth_types')) },
  ...{ enabled: flag('is_enabled'), builtin: flag('is_builtin'), path_hierarchy: flag('path_hierarchy') },
  ...{ oauth_connect_implemented: flag('oauth_connect_implemented'), slug_locked: flag('is_slug_locked') },
  ...{ has_draft: ofVersion(flag('has_draft')), 'processor.enabled': flag(`(processor ->> 'enabled')::boolean`) },
  'processor.name': text(`processor ->> 'name'`),
  revision: { sql: 'revision', kind: 'number' },
  ...{ created: time('created_at'), updated: time('updated_at'), published_at: ofVersion(time('published_at')) },
};

/** Lists connectors that the reader sees. Throws `validation_error` for a field or value that cannot be. */
export async function listConnectors(
  db: DatabaseConnection,
  reader: Reader,
  listing: ConnectorListing,
): Promise<PageResult<VisibleConnectorRow>> {
  const orders = ordersOf(listing.sort) ?? [
    { column: 'score', order: 'desc' },
    { column: 'created_at', order: 'desc' },
  ];
  // Only what orders the rows is carried through the sort; the page is read by its ids.
  const paging = narrow(visibleConnectors(db, reader), reader, listing)
    .select('connectors.id', { score: scoreOf(db, listing.words) })
    .orderBy([...orders, { column: 'id', order: 'asc' }])
    .offset(listing.from)
    .limit(listing.size) as PromiseLike<{ id: string }[]>;
  const [total, page] = await Promise.all([countConnectors(db, reader, listing), listing.size === 0 ? [] : paging]);
  const ids = page.map(({ id }) => id);
  const rows = (await visibleConnectors(db, reader).whereIn('connectors.id', ids)) as VisibleConnectorRow[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { total, items: ids.flatMap((id) => byId.get(id) ?? []) };
}

/** Finding the version that each is shown with takes most of the time; a count that does not ask for it goes without. */
async function countConnectors(db: DatabaseConnection, reader: Reader, listing: ConnectorListing): Promise<number> {
  const asksVersion = listing.filters.some(({ field }) => Object.hasOwn(columns, field) && columns[field]?.isOfVersion);
  const counted = asksVersion ? visibleConnectors(db, reader) : knownConnectors(db, reader);
  const row = (await narrow(counted, reader, listing).count({ total: '*' }).first()) as { total: string } | undefined;
  return Number(row?.total ?? 0);
}

function narrow(query: Knex.QueryBuilder, reader: Reader, { words, filters }: ConnectorListing): Knex.QueryBuilder {
  for (const word of words) {
    const pattern = containsPattern(word);
    void query.where((either) => void either.whereILike('name', pattern).orWhereILike('slug', pattern));
  }
  applyFilters(query, reader, filters);
  return query;
}

function scoreOf(db: DatabaseConnection, words: readonly string[]): Knex.Raw {
  const whole = words.join(' ');
  if (whole === '') return db.raw('0');
  const starts = containsPattern(whole).slice(1);
  return db.raw(`case when lower(name) = ? or slug = ? then 3 when name ilike ? or slug ilike ? then 2 else 1 end`, [
    whole,
    whole,
    starts,
    starts,
  ]);
}

/** Terms of one field are alternatives; those of different fields, and negated ones, must all hold. */
function applyFilters(query: Knex.QueryBuilder, reader: Reader, filters: readonly FilterTerm[]): void {
  const wanted = Map.groupBy(
    filters.filter((term) => !term.isNegated),
    alternativesKey,
  );
  for (const terms of wanted.values()) {
    void query.where((either) => {
      for (const term of terms) void either.orWhere((one) => applyTerm(one, reader, term));
    });
  }
  for (const term of filters.filter((each) => each.isNegated)) {
    void query.whereNot((one) => applyTerm(one, reader, term));
  }
}

/** Two ends of a range do not open it. */
function alternativesKey({ field, operator }: FilterTerm): string {
  return operator === 'equals' || operator === 'exists' ? field : `${field} ${operator}`;
}

const signs = { at_least: '>=', at_most: '<=', above: '>', below: '<' } as const;

function applyTerm(query: Knex.QueryBuilder, reader: Reader, term: FilterTerm): void {
  if (term.field === 'owned') {
    void query.whereRaw(`(tenant_id = ?) = ?`, [reader.tenantId, readFlag(term)]);
    return;
  }
  if (term.field === 'publisher') {
    applyPublisher(query, reader, term.values);
    return;
  }
  const column = columnOf(term.field, '/filter');
  if (term.operator === 'exists') {
    void query.whereRaw(
      column.kind === 'list' ? `cardinality(${column.sql}) > 0` : `coalesce(${asText(column)}, '') <> ''`,
    );
    return;
  }
  if (term.operator !== 'equals') {
    const value = readValue(column, term);
    if (column.kind === 'list' || column.kind === 'flag') throw unfit(term.field, 'It has no order.');
    void query.whereRaw(`${column.sql} ${signs[term.operator]} ?`, [value]);
    return;
  }
  const values = term.values.map((value) => readValue(column, { ...term, values: [value] }));
  if (column.kind === 'list') void query.whereRaw(`${column.sql} && ?::text[]`, [values as string[]]);
  // NULL would make a negation neither true nor false.
  else void query.whereRaw(`coalesce(${column.sql} = any (?), false)`, [values as string[]]);
}

/** `own` tenant, `platform`, or the name of a vendor. */
function applyPublisher(query: Knex.QueryBuilder, reader: Reader, publishers: readonly string[]): void {
  const isOwn = publishers.includes('own');
  const isPlatform = publishers.includes('platform');
  void query.whereRaw(
    `((? and tenant_id = ?) or (? and tenant_id = 'platform') or coalesce(vendor = any (?), false))`,
    [...[isOwn, reader.tenantId, isPlatform], [...publishers]],
  );
}

const asText = ({ sql }: Column): string => `(${sql})::text`;

function readValue(column: Column, term: FilterTerm): string | number | boolean | Date {
  const value = term.values[0] ?? '';
  if (column.kind === 'flag') return readFlag(term);
  if (column.kind === 'number') {
    const number = Number(value);
    if (value.trim() === '' || !Number.isSafeInteger(number)) throw unfit(term.field, 'A whole number.');
    return number;
  }
  if (column.kind !== 'time') return value;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw unfit(term.field, 'A time such as 2026-01-31T00:00:00Z.');
  return date;
}

function readFlag({ field, values }: FilterTerm): boolean {
  const value = values[0];
  if (value !== 'true' && value !== 'false') throw unfit(field, 'true or false.');
  return value === 'true';
}

/** Undefined without a sort. */
function ordersOf(sort: string | undefined): SortOrder[] | undefined {
  if (sort === undefined || sort.trim() === '') return undefined;
  return sort.split(',').map((part) => {
    const match = /^\s*(-?)([\w.]+)(?::(asc|desc))?\s*$/i.exec(part);
    const [, minus = '', field = '', order] = match ?? [];
    if (match === null) throw unfit(part, 'field, -field or field:desc.', '/sort');
    if (field === '_score') return { column: 'score', order: 'desc' };
    const { sql, kind } = columnOf(field, '/sort');
    if (kind === 'list' || /\W/.test(sql)) throw unfit(field, 'Connectors cannot be sorted by it.', '/sort');
    return { column: sql, order: minus === '-' || order?.toLowerCase() === 'desc' ? 'desc' : 'asc' };
  });
}

function columnOf(field: string, path: string): Column {
  const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column === undefined) throw unfit(field, `One of ${Object.keys(columns).join(', ')}.`, path);
  return column;
}

function unfit(field: string, message: string, path = '/filter'): AppError {
  return new AppError('validation_error', { details: { fields: [{ path, message: `${field}: ${message}` }] } });
}
