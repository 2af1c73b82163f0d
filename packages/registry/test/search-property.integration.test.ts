import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DatabaseConnection } from '@patchbay/database';
import { facetNames, type FacetGroup } from '../src/search/count-facets.ts';
import { findForgiving } from '../src/search/find-forgiving.ts';
import { refreshSearch } from '../src/search/index-repository.ts';
import type { MarketplaceQuery } from '../src/search/memory/marketplace-query.ts';
import { createSearchCopy } from '../src/search/search-copy.ts';
import { termsOf } from '../src/search/words.ts';
import { createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';
import { searchBySql } from './search-by-sql.ts';

const rounds = 8;
const changesPerRound = 60;
const queriesPerRound = 35;
const seed = 20_261_121;

let fixture: RegistryFixture;
beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
});
afterAll(() => fixture.close());

type Roll = (sides: number) => number;

function createDice(start: number): Roll {
  let state = start;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const pick = <Item>(roll: Roll, items: readonly Item[]): Item => {
  const item = items[roll(items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
};
const some = <Item>(roll: Roll, items: readonly Item[], most: number): Item[] =>
  Array.from({ length: roll(most + 1) }, () => pick(roll, items));

const words =
  'mail mailbox email send sender sending sned get getter a1 a b2b straße größe 日本 日本語 zebra zebras http https 𝒜x ﬀ invoice invoices ledger'.split(
    ' ',
  );
const tenants = ['platform', 'a', 'b'];
const stages = [
  'draft',
  'ready',
  'pre_released',
  'published',
  'published',
  'published',
  'published',
  'deprecated',
  'retired',
];
const categories = ['Mail', 'Data', 'Öl', 'mail'];
const authTypes = ['none', 'basic', 'bearer'];
const vendors = ['', '', 'acme'];

const text = (roll: Roll, most: number): string => some(roll, words, most).join(' ');

/** One connector with its versions, as rows. */
function aConnector(roll: Roll, id: string) {
  const tenant = pick(roll, tenants);
  const versions = Array.from({ length: 1 + roll(3) }, (_, index) => ({
    ...{ id: `${id}-v${index}`, version: `1.${index}.0`, stage: pick(roll, stages), unlisted: roll(6) === 0 },
    visibility: pick(roll, ['none', 'enterprise', 'catalogue', 'catalogue']),
    auth: [...new Set([pick(roll, authTypes), pick(roll, authTypes)])],
    operations: some(roll, words, 3).map((word) => ({
      name: `${word}${pick(roll, ['', 'All', 'One'])}`,
      title: text(roll, 2),
    })),
    published: `2026-0${1 + roll(9)}-01T00:00:00.00000${roll(9)}Z`,
  }));
  return {
    ...{
      id,
      tenant,
      versions,
      slug: `${pick(roll, ['mail', 'http', 'x'])}-${id}`,
      name: `${pick(roll, words)} ${text(roll, 1)}`.trim(),
    },
    ...{
      description: text(roll, 4),
      category: pick(roll, categories),
      tags: some(roll, words, 2),
      vendor: pick(roll, vendors) || null,
    },
    ...{ runtime: pick(roll, ['node', 'declarative']), price: pick(roll, ['free', 'paid']) },
  };
}

const insertConnector = `
  insert into connectors (id, tenant_id, slug, name, description, type, category, tags, icon, runtime, auth_types, operations,
    operation_text, head_version, stage, visibility, vendor, price)
  select id, tenant, slug, name, description, 'General', category, tags, '{"tile":"blue"}', runtime, '{}', '[]', '', '1.0.0', 'draft',
         'none', vendor, price
    from json_to_record(?) as g(id text, tenant text, slug text, name text, description text, category text, tags text[], runtime text,
      vendor text, price text)`;
const insertVersions = `
  insert into connector_versions (id, connector_id, tenant_id, version, stage, visibility, auth_types, operations, published_at, is_unlisted)
  select v.id, g.id, g.tenant, v.version, v.stage, v.visibility, v.auth, v.operations, v.published, v.unlisted
    from json_to_record(?) as g(id text, tenant text, versions json),
         json_to_recordset(g.versions) as v(id text, version text, stage text, visibility text, auth text[], operations json,
           published timestamptz, unlisted boolean)`;

/** Makes, changes and deletes connectors, several in one transaction, deleted ones by the cascade. */
async function change(roll: Roll): Promise<void> {
  for (let left = changesPerRound; left > 0;) {
    const ids = Array.from({ length: 1 + roll(5) }, () => `c${roll(80)}`);
    left -= ids.length;
    await fixture.database.transaction(async (trx) => {
      await trx.raw('delete from connector_versions where connector_id = any(?)', [ids]);
      await trx.raw('delete from connectors where id = any(?)', [ids]);
      if (roll(8) === 0) return;
      for (const id of new Set(ids)) {
        const json = JSON.stringify(aConnector(roll, id));
        await trx.raw(insertConnector, [json]);
        await trx.raw(insertVersions, [json]);
      }
      await refreshSearch(trx, [...new Set(ids)]);
    });
  }
}

/** Whole words, beginnings, pieces, typing errors, names as they stand, nothing. */
function aTerm(roll: Roll): string {
  const word = pick(roll, words);
  const at = roll(word.length);
  const makers = [
    () => word,
    () => word,
    () => word.slice(0, 1 + roll(word.length)),
    () => word.slice(at),
    () => `${word.slice(0, at)}${word.slice(at + 1)}`,
    () => `${word.slice(0, at)}${word.slice(at + 1, at + 2)}${word.slice(at, at + 1)}${word.slice(at + 2)}`,
  ];
  return pick(roll, makers)();
}

const facetValues: Record<(typeof facetNames)[number], readonly string[]> = {
  category: categories,
  authType: authTypes,
  runtime: ['node', 'declarative'],
  stage: ['published', 'pre_released', 'deprecated'],
  publisher: ['platform', 'a', 'acme', 'nobody'],
  price: ['free', 'paid'],
};

function aQuery(roll: Roll, names: readonly string[]): MarketplaceQuery {
  const query =
    roll(8) === 0
      ? pick(roll, names)
      : Array.from({ length: pick(roll, [0, 1, 1, 1, 2, 3]) }, () => aTerm(roll)).join(' ');
  const filtered = facetNames.filter(() => roll(10) === 0);
  return {
    ...{ tenantId: pick(roll, ['a', 'b', 'stranger', 'platform']), terms: termsOf(query).terms },
    filters: Object.fromEntries(filtered.map((name) => [name, some(roll, facetValues[name], 2)])),
    ...{ from: pick(roll, [0, 0, 0, 0, 3]), size: pick(roll, [0, 1, 5, 100, 100]) },
    sort:
      roll(2) === 0
        ? ''
        : pick(roll, ['name', '-name', 'newest', '-published', 'used', '-used', 'category', '-category']),
    uses: { 'mail-c1': 3, 'http-c2': 1, 'x-c3': 3 },
  };
}

const plain = (groups: readonly FacetGroup[]): string[] =>
  groups
    .map((group) =>
      JSON.stringify([...facetNames.map((name) => (name === 'authType' ? group.authTypes : group[name])), group.count]),
    )
    .toSorted();

async function namesOf(db: DatabaseConnection): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>('select name from connectors order by id');
  return ['mail', ...rows.map((row) => row.name)];
}

describe('the search in memory', () => {
  it('finds what the statement over the tables finds, in the same order, after whatever was changed', async () => {
    const db = fixture.database.connection;
    const roll = createDice(seed);
    const old = createSearchCopy(db);
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      await change(roll);
      const names = await namesOf(db);
      const copies = await Promise.all([old, createSearchCopy(db)].map((copy) => copy.read('a')));
      for (let at = 0; at < queriesPerRound; at += 1) {
        const query = aQuery(roll, names);
        const wanted = await searchBySql(db, query);
        found += wanted.page.length;
        for (const [which, { index }] of copies.entries()) {
          const { total, entries, groups } = findForgiving(index, query).found;
          const message = `round ${round}, ${which === 0 ? 'followed' : 'loaded'}, ${JSON.stringify(query)}`;
          expect({ total, page: entries.map(({ no }) => no), groups: plain(groups) }, message).toEqual({
            ...{ total: wanted.total, page: wanted.page },
            groups: plain(wanted.groups),
          });
        }
      }
    }
    expect(found).toBeGreaterThan(rounds * queriesPerRound);
  }, 180_000);
});
