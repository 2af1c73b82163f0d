import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { newestFirst } from '../connector/visible-connectors-repository.ts';
import type { OperationLabel } from '../connector/connector-row.ts';
import { weighWords } from './words.ts';

/** Grows when words are cut or weighed in another way. */
export const searchGeneration = 1;

const listedStages = `('published', 'pre_released', 'deprecated')`;

/**
 * The version that each audience of a connector finds: everybody the newest public one, the owner the newest listed one. A retired, blocked,
 * unpublished or deleted one is found by nobody.
 */
const heads = `
  with seen as (
    select c.id as connector_id, c.tenant_id as owner, c.name, c.slug, c.description, c.category, c.subcategory, c.tags, c.runtime,
           c.price, coalesce(c.vendor, c.tenant_id) as publisher, v.id as version_id, v.version, v.stage, v.visibility, v.auth_types,
           v.is_unlisted, v.operations, coalesce(v.published_at, v.updated_at) as published_at
      from connectors c join connector_versions v on v.connector_id = c.id
     where c.id = any(?) and c.deleted_at is null and v.stage in ${listedStages} and v.visibility <> 'none'),
  ranked as (
    select v.*, row_number() over (partition by connector_id order by ${newestFirst}) as own_rank,
           row_number() over (partition by connector_id, visibility = 'catalogue' order by ${newestFirst}) as public_rank
      from seen v)
  select *, visibility = 'catalogue' and public_rank = 1 as is_public, own_rank = 1 as is_own
    from ranked where (visibility = 'catalogue' and public_rank = 1) or own_rank = 1`;

interface Head {
  readonly connector_id: string;
  readonly owner: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly category: string;
  readonly subcategory: string | null;
  readonly tags: string[];
  readonly runtime: string;
  readonly price: string;
  readonly publisher: string;
  readonly version_id: string;
  readonly stage: string;
  readonly auth_types: string[];
  readonly operations: OperationLabel[];
  readonly published_at: Date;
  readonly is_public: boolean;
  readonly is_own: boolean;
}

/** One entry to write: a head and who finds it. */
interface Entry extends Head {
  readonly audience: string | null;
  readonly hidden_from: string | null;
}

/** Makes the search say what the connectors say now; part of every write to a connector. */
export async function refreshSearch(trx: Transaction, connectorIds: readonly string[]): Promise<void> {
  const { rows } = await trx.raw<{ rows: Head[] }>(heads, [[...connectorIds]]);
  await trx('marketplace_entries').whereIn('connector_id', connectorIds).delete();
  const entries = toEntries(rows);
  if (entries.length === 0) return;
  await insertWords(trx, entries, await insertEntries(trx, entries));
}

/** An owner whose newest version is not public has an entry of its own beside the public one. */
function toEntries(rows: readonly Head[]): Entry[] {
  const separate = new Set(rows.filter((row) => row.is_own && !row.is_public).map((row) => row.connector_id));
  return rows.map((row) => ({
    ...row,
    audience: row.is_public ? null : row.owner,
    hidden_from: row.is_public && separate.has(row.connector_id) ? row.owner : null,
  }));
}

async function insertEntries(trx: Transaction, entries: readonly Entry[]): Promise<number[]> {
  const facets = entries.map((entry) => ({
    category: entry.category,
    auth_types: entry.auth_types.toSorted(),
    runtime: entry.runtime,
    stage: entry.stage,
    price: entry.price,
    publisher: entry.publisher,
  }));
  const given = `(select * from json_to_recordset(?) as g(at int, category text, auth_types text[], runtime text, stage text,
    price text, publisher text, connector_id text, version_id text, audience text, hidden_from text, name_key text, published_at timestamptz))`;
  const json = JSON.stringify(
    entries.map((entry, at) => ({
      ...facets[at],
      ...{ at, connector_id: entry.connector_id, version_id: entry.version_id, audience: entry.audience },
      ...{ hidden_from: entry.hidden_from, name_key: entry.name.toLowerCase(), published_at: entry.published_at },
    })),
  );
  await trx.raw(
    `insert into marketplace_facets (category, auth_types, runtime, stage, price, publisher)
     select distinct category, auth_types, runtime, stage, price, publisher from ${given} g order by 1, 2, 3, 4, 5, 6
         on conflict on constraint marketplace_facets_values_key do nothing`,
    [json],
  );
  const { rows } = await trx.raw<{ rows: { no: number; version_id: string; audience: string | null }[] }>(
    `insert into marketplace_entries
       (connector_id, version_id, audience, hidden_from, facet_id, name_key, published_at, generation)
     select g.connector_id, g.version_id, g.audience, g.hidden_from, f.id, g.name_key, g.published_at, ?
       from ${given} g join marketplace_facets f using (category, auth_types, runtime, stage, price, publisher)
     returning no, version_id, audience`,
    [searchGeneration, json],
  );
  const numbers = new Map(rows.map((row) => [`${row.version_id}/${row.audience ?? ''}`, row.no]));
  return entries.map((entry) => numbers.get(`${entry.version_id}/${entry.audience ?? ''}`) ?? 0);
}

async function insertWords(trx: Transaction, entries: readonly Entry[], numbers: readonly number[]): Promise<void> {
  const postings = entries.flatMap((entry, at) =>
    [...weighWords(textsOf(entry))].map(([word, weight]) => ({ word, weight, no: numbers[at] ?? 0 })),
  );
  const words = [...new Set(postings.map(({ word }) => word))].toSorted();
  // In order, so that two writers who need the same words wait for each other and never both ways.
  await trx.raw('insert into marketplace_words (word) select unnest(?::text[]) on conflict (word) do nothing', [words]);
  await trx.raw(
    `insert into marketplace_postings (word_id, no, weight)
     select w.id, p.no, p.weight from unnest(?::text[], ?::int[], ?::smallint[]) as p(word, no, weight)
       join marketplace_words w on w.word = p.word collate "C"`,
    [postings.map(({ word }) => word), postings.map(({ no }) => no), postings.map(({ weight }) => weight)],
  );
}

function textsOf(entry: Entry): Parameters<typeof weighWords>[0] {
  return {
    name: [entry.name, entry.slug],
    tag: [...entry.tags, entry.category, entry.subcategory ?? ''],
    operation: entry.operations.flatMap(({ title, name }) => [title, name]),
    description: [entry.description],
  };
}

/** Connectors whose entry is missing or of an older generation, for the start of a new release. */
export async function findStale(db: DatabaseConnection, most: number): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `select c.id from connectors c
      where c.deleted_at is null
        and exists (select from connector_versions v
                     where v.connector_id = c.id and v.stage in ${listedStages} and v.visibility <> 'none')
        and not exists (select from marketplace_entries e where e.connector_id = c.id and e.generation = ?)
      order by c.id limit ?`,
    [searchGeneration, most],
  );
  return rows.map((row) => row.id);
}
