import type { DatabaseConnection } from '@patchbay/database';
import type { Facet } from './memory/facet-table.ts';
import type { WordedEntry } from './memory/marketplace-index.ts';

/** Which transactions a reader has seen: PostgreSQL's own text for a snapshot, `xmin:xmax:running`. */
export type Snapshot = string;

/** What happened since a snapshot. */
export interface MarketplaceChanges {
  readonly snapshot: Snapshot;
  /** Connectors changed by transactions that the older snapshot did not see. */
  readonly connectorIds: readonly string[];
  /** Changes of transactions before this one may have been forgotten; undefined: none were. */
  readonly oldest: string | undefined;
  /** Connectors of which the tenants have settings. */
  readonly configured: readonly (readonly [tenantId: string, connectorId: string])[];
}

/** Changes that are kept; a reader that missed more of them reads all again. */
const keptChanges = 10_000;
const entriesAtOnce = 1_000;

/**
 * Connectors that changed since a snapshot, and the snapshot of now: one statement, so that nothing lies between the two. A transaction
 * that took its number early and ends late is seen when it has ended, whatever ended before it. The settings of tenants go along to save
 * a search of its own.
 */
export async function readChanges(
  db: DatabaseConnection,
  since: Snapshot,
  tenantIds: readonly string[],
): Promise<MarketplaceChanges> {
  const { rows } = await db.raw<{ rows: ChangesRow[] }>(
    `select pg_current_snapshot()::text as snapshot,
            (select c.xid::text from marketplace_changes c order by c.xid limit 1) as oldest,
            (select json_agg(distinct connector_id) from marketplace_changes
              where xid >= pg_snapshot_xmin(?::pg_snapshot) and not pg_visible_in_snapshot(xid, ?::pg_snapshot)) as changed,
            (select json_agg(json_build_array(tenant_id, connector_id)) from connector_settings
              where tenant_id = any(?::text[])) as configured`,
    [since, since, [...tenantIds]],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A statement without a table always has a row');
  const { snapshot, oldest, changed, configured } = row;
  return { snapshot, oldest: oldest ?? undefined, connectorIds: changed ?? [], configured: configured ?? [] };
}

interface ChangesRow {
  readonly snapshot: string;
  readonly oldest: string | null;
  readonly changed: string[] | null;
  readonly configured: [string, string][] | null;
}

/** Forgets all but the newest changes, and those of transactions that may still run for anybody. */
export async function trimChanges(db: DatabaseConnection, kept = keptChanges): Promise<void> {
  await db.raw(
    `delete from marketplace_changes where (xid, connector_id) in (
       select xid, connector_id from marketplace_changes
        where xid < (select xid from marketplace_changes where xid < pg_snapshot_xmin(pg_current_snapshot())
                      order by xid desc offset ? limit 1)
          for update skip locked)`,
    [kept],
  );
}

/** Numbers of transactions start anew with a restored database: a change from the future is one of the database it came from. */
export async function forgetForeignChanges(db: DatabaseConnection): Promise<void> {
  await db.raw('delete from marketplace_changes where xid >= pg_snapshot_xmax(pg_current_snapshot())');
}

/** Entries of some connectors as they are now. */
export async function readEntriesOf(db: DatabaseConnection, connectorIds: readonly string[]): Promise<WordedEntry[]> {
  const { rows } = await db.raw<{ rows: EntryRow[] }>(entriesWhere('e.connector_id = any(?::text[])'), [
    [...connectorIds],
  ]);
  return rows.map(toWordedEntry);
}

/** All there is at one moment, and which moment that was. */
export async function readAll(
  db: DatabaseConnection,
  take: (part: { readonly facets?: readonly Facet[]; readonly entries?: readonly WordedEntry[] }) => void,
): Promise<Snapshot> {
  const work = async (trx: DatabaseConnection): Promise<Snapshot> => {
    const { rows: moments } = await trx.raw<{ rows: { snapshot: string }[] }>(
      'select pg_current_snapshot()::text as snapshot',
    );
    take({ facets: await readFacets(trx) });
    let entries: WordedEntry[] = [];
    do {
      entries = await readEntriesAfter(trx, entries.at(-1)?.entry.no ?? 0);
      take({ entries });
    } while (entries.length === entriesAtOnce);
    return moments[0]?.snapshot ?? '';
  };
  return db.transaction(work, { isolationLevel: 'repeatable read', readOnly: true });
}

async function readEntriesAfter(db: DatabaseConnection, no: number): Promise<WordedEntry[]> {
  const { rows } = await db.raw<{ rows: EntryRow[] }>(entriesWhere('e.no > ? order by e.no limit ?'), [
    no,
    entriesAtOnce,
  ]);
  return rows.map(toWordedEntry);
}

/** All combinations of filter values. */
export async function readFacets(db: DatabaseConnection): Promise<Facet[]> {
  const { rows } = await db.raw<{ rows: Facet[] }>(
    `select id, category, auth_types as "authTypes", runtime, stage, price, publisher,
            (dense_rank() over (order by category))::int as "categoryPlace" from marketplace_facets order by id`,
  );
  return rows;
}

interface EntryRow {
  readonly no: number;
  readonly connector_id: string;
  readonly slug: string;
  readonly audience: string | null;
  readonly hidden_from: string | null;
  readonly facet_id: number;
  readonly name_key: string;
  readonly published_at: number;
  readonly words: string[] | null;
  readonly weights: number[] | null;
}

/** Lists as JSON: the driver takes apart a list of its own far slower. */
const entriesWhere = (condition: string): string => `
  with chosen as materialized (
    select e.no, e.connector_id, c.slug, e.audience, e.hidden_from, e.facet_id, e.name_key,
           (extract(epoch from e.published_at) * 1000000)::float8 as published_at
      from marketplace_entries e join connectors c on c.id = e.connector_id where ${condition}),
  worded as (
    select p.no, json_agg(w.word) as words, json_agg(p.weight) as weights
      from marketplace_postings p join marketplace_words w on w.id = p.word_id
     where p.no in (select no from chosen) group by p.no)
  select chosen.*, words, weights from chosen left join worded using (no) order by no`;

function toWordedEntry(row: EntryRow): WordedEntry {
  return {
    entry: {
      no: row.no,
      connectorId: row.connector_id,
      slug: row.slug,
      audience: row.audience,
      hiddenFrom: row.hidden_from,
      facetId: row.facet_id,
      nameKey: row.name_key,
      publishedAt: row.published_at,
    },
    words: row.words ?? [],
    weights: row.weights ?? [],
  };
}
