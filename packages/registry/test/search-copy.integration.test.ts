import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { seedBuiltins } from '../src/index.ts';
import { readChanges, trimChanges } from '../src/search/copy-repository.ts';
import { refreshSearch } from '../src/search/index-repository.ts';
import type { MarketplaceQuery } from '../src/search/memory/marketplace-query.ts';
import { createSearchCopy, hasLost, type SearchCopy } from '../src/search/search-copy.ts';
import { aManifest, createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';

let fixture: RegistryFixture;
let db: DatabaseConnection;
const all: MarketplaceQuery = { tenantId: 'a', terms: [], filters: {}, from: 0, size: 20 };

beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
  db = fixture.database.connection;
});
afterAll(() => fixture.close());

beforeEach(async () => {
  const manifests = ['one', 'two', 'three'].map((slug) => ({ manifest: aManifest(slug, { name: slug }) }));
  await seedBuiltins(fixture.database, manifests);
  await Promise.all(
    ['one', 'two', 'three'].map((slug) => fixture.database.transaction((trx) => rename(trx, slug, slug))),
  );
});

async function rename(trx: Transaction, id: string, name: string): Promise<void> {
  await trx('connectors').where({ id }).update({ name });
  await refreshSearch(trx, [id]);
}

async function namesIn(copy: SearchCopy, terms: readonly string[] = []): Promise<string[]> {
  const { index } = await copy.read('a');
  return index.search({ ...all, terms }).entries.map(({ nameKey }) => nameKey);
}

/** Statements that the pool sent while `work` ran. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const listen = ({ sql }: { readonly sql: string }): unknown => sent.push(sql);
  db.on('query', listen);
  await work();
  db.removeListener('query', listen);
  return sent;
}

describe('a copy of the search', () => {
  it('knows what any server committed before it is asked', async () => {
    const [here, there] = [createSearchCopy(db), createSearchCopy(db)];
    expect([await namesIn(here), await namesIn(there)]).toEqual([
      ['one', 'three', 'two'],
      ['one', 'three', 'two'],
    ]);
    for (let at = 0; at < 20; at += 1) {
      await fixture.database.transaction((trx) => rename(trx, 'two', `number ${at}`));
      expect([await namesIn(here, [String(at)]), await namesIn(there, [String(at)])]).toEqual([
        [`number ${at}`],
        [`number ${at}`],
      ]);
    }
  });

  it('misses no transaction that began early and ends late, nor what it did after a savepoint', async () => {
    const copy = createSearchCopy(db);
    await namesIn(copy);
    const late = await db.transaction();
    await rename(late, 'one', 'early bird');
    await late.transaction((savepoint) => rename(savepoint, 'three', 'third'));
    await fixture.database.transaction((trx) => rename(trx, 'two', 'overtaken'));
    expect(await namesIn(copy)).toEqual(['one', 'overtaken', 'three']);
    await fixture.database.transaction((trx) => rename(trx, 'two', 'once more'));
    expect(await namesIn(copy)).toEqual(['once more', 'one', 'three']);
    await late.commit();
    expect(await namesIn(copy)).toEqual(['early bird', 'once more', 'third']);
  });

  it('asks one question while nothing changes, also beside a transaction that does not end', async () => {
    const copy = createSearchCopy(db);
    const endless = await db.transaction();
    await endless.raw('select pg_current_xact_id()');
    await fixture.database.transaction((trx) => rename(trx, 'two', 'changed'));
    await namesIn(copy);
    await fixture.database.transaction((trx) => rename(trx, 'one', 'changed too'));
    await namesIn(copy);
    expect(await statementsOf(() => namesIn(copy))).toHaveLength(1);
    await endless.rollback();
    expect(await statementsOf(() => namesIn(copy))).toHaveLength(1);
  });

  it('shares the question among all who ask at once', async () => {
    const copy = createSearchCopy(db);
    await copy.read('a');
    const asked = await statementsOf(() =>
      Promise.all(Array.from({ length: 20 }, (_, at) => copy.read(`tenant-${at}`))),
    );
    expect(asked).toHaveLength(1);
  });

  it('forgets a connector that was deleted by a cascade, and one that is gone from the marketplace', async () => {
    const copy = createSearchCopy(db);
    await namesIn(copy);
    await db.raw(`insert into connectors (id, tenant_id, slug, name, description, type, category, tags, icon, runtime, auth_types, operations,
        operation_text, head_version, stage, visibility)
      select 'four', 'a', 'four', 'four', '', type, category, tags, icon, runtime, auth_types, operations, '', '1.0.0', 'published', 'enterprise'
        from connectors where id = 'one'`);
    await db.raw(`insert into connector_versions (id, connector_id, tenant_id, version, stage, visibility)
      values ('v-four', 'four', 'a', '1.0.0', 'published', 'enterprise')`);
    await fixture.database.transaction((trx) => refreshSearch(trx, ['four']));
    expect(await namesIn(copy)).toContain('four');
    await db.raw(`delete from connector_versions where id = 'v-four'`);
    expect(await namesIn(copy)).toEqual(['one', 'three', 'two']);
    await db.raw(`delete from connectors where id = 'four'`);
    await db.raw(`update connector_versions set stage = 'blocked' where connector_id = 'one'`);
    await fixture.database.transaction((trx) => refreshSearch(trx, ['one']));
    expect(await namesIn(copy)).toEqual(['three', 'two']);
    await db.raw(`update connector_versions set stage = 'published' where connector_id = 'one'`);
  });

  it('is loaded again when changes were forgotten that it had not read, and only then', async () => {
    const [away, here] = [createSearchCopy(db), createSearchCopy(db)];
    await Promise.all([namesIn(away), namesIn(here)]);
    for (let at = 0; at < 6; at += 1) await fixture.database.transaction((trx) => rename(trx, 'two', `number ${at}`));
    expect(await namesIn(here)).toContain('number 5');
    await trimChanges(db, 2);
    const { rows } = await db.raw<{ rows: unknown[] }>('select from marketplace_changes');
    expect(rows.length).toBeLessThanOrEqual(4);
    expect(await statementsOf(() => namesIn(here))).toHaveLength(1);
    expect(await namesIn(away)).toContain('number 5');
    expect(await statementsOf(() => namesIn(away))).toHaveLength(1);
  });

  it('takes the oldest change by its number, not by its digits', async () => {
    const { snapshot } = await readChanges(db, '1:1:', []);
    await db('marketplace_changes').delete();
    await db('marketplace_changes').insert([
      { xid: '9', connector_id: 'one' },
      { xid: '10', connector_id: 'one' },
    ]);
    expect((await readChanges(db, snapshot, [])).oldest).toBe('9');
  });

  it('takes no notice of changes from the future, which a restored database brings along', async () => {
    await db.raw(
      `insert into marketplace_changes (xid, connector_id) values ('9000000000000', 'one'), ('9000000000001', 'two')`,
    );
    const copy = createSearchCopy(db);
    expect(await namesIn(copy)).toEqual(['one', 'three', 'two']);
    expect(await statementsOf(() => namesIn(copy))).toHaveLength(1);
    await fixture.database.transaction((trx) => rename(trx, 'two', 'after the restore'));
    expect(await namesIn(copy)).toContain('after the restore');
  });

  it('is loaded again when the database counts anew', async () => {
    const changes = await readChanges(db, '1:1:', []);
    expect(hasLost(changes.snapshot, changes)).toBe(false);
    expect(hasLost('9000000000000:9000000000000:', changes)).toBe(true);
  });

  it('stays whole when the database fails, and goes on from there', async () => {
    const copy = createSearchCopy(db);
    await namesIn(copy);
    await fixture.database.transaction((trx) => rename(trx, 'two', 'during the failure'));
    await db.raw('alter table marketplace_postings rename to marketplace_postings_away');
    await expect(copy.read('a')).rejects.toThrow('marketplace_postings');
    await db.raw('alter table marketplace_postings_away rename to marketplace_postings');
    expect(await namesIn(copy)).toContain('during the failure');
  });
});
