import { createTestDatabase, type TestDatabase } from '@patchbay/tooling';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, revertMigrations, runMigrations, type Database, type Migration } from '../src/index.ts';

let server: TestDatabase;
let database: Database;

beforeEach(async () => {
  server = await createTestDatabase(inject('databaseUrl'));
  database = createDatabase({ url: server.url });
});

afterEach(async () => {
  await database.close();
  await server.drop();
});

/** A migration that makes a table named like its id; made twice it fails, so a repetition is seen. */
const aMigration = (id: string): Migration => ({
  id,
  async up(db) {
    await db.raw(`create table "${id}" (id text)`);
  },
  async down(db) {
    await db.raw(`drop table "${id}"`);
  },
});

const tables = async (): Promise<string[]> => {
  const { rows } = await database.connection.raw<{ rows: { tablename: string }[] }>(
    `select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1`,
  );
  return rows.map((row) => row.tablename);
};

describe('migrations', () => {
  it('run once, in order, per module, and again only for what is new', async () => {
    const one = { name: 'one', migrations: [aMigration('01_a'), aMigration('02_b')] };
    const two = { name: 'two', migrations: [aMigration('01_c')] };
    expect(await runMigrations(database, [one, two])).toHaveLength(3);
    expect(await runMigrations(database, [one, two])).toEqual([]);
    const more = { name: 'one', migrations: [...one.migrations, aMigration('03_d')] };
    expect(await runMigrations(database, [more, two])).toEqual([{ module: 'one', id: '03_d' }]);
    expect(await tables()).toEqual(['01_a', '01_c', '02_b', '03_d']);
  });

  it('run exactly once when four servers start at the same time', async () => {
    const module = { name: 'one', migrations: [aMigration('01_a'), aMigration('02_b')] };
    const servers = [database, ...[1, 2, 3].map(() => createDatabase({ url: server.url }))];
    const applied = await Promise.all(servers.map((each) => runMigrations(each, [module])));
    expect(applied.map((list) => list.length).sort()).toEqual([0, 0, 0, 2]);
    await Promise.all(servers.slice(1).map((each) => each.close()));
  });

  it('leave nothing behind when one of them fails', async () => {
    const broken: Migration = { ...aMigration('02_b'), up: (db) => db.raw('create nonsense') };
    await expect(
      runMigrations(database, [{ name: 'one', migrations: [aMigration('01_a'), broken] }]),
    ).rejects.toThrow();
    expect(await tables()).toEqual([]);
  });

  it('refuse a database that a newer program has changed', async () => {
    await runMigrations(database, [{ name: 'one', migrations: [aMigration('01_a'), aMigration('02_b')] }]);
    const older = { name: 'one', migrations: [aMigration('01_a')] };
    await expect(runMigrations(database, [older])).rejects.toMatchObject({ code: 'database_too_new' });
  });

  it('refuse a migration that was slipped in before one that has run', async () => {
    await runMigrations(database, [{ name: 'one', migrations: [aMigration('01_a'), aMigration('03_c')] }]);
    const gap = { name: 'one', migrations: [aMigration('01_a'), aMigration('02_b'), aMigration('03_c')] };
    await expect(runMigrations(database, [gap])).rejects.toMatchObject({ code: 'config_invalid' });
    const unordered = { name: 'new', migrations: [aMigration('02_b'), aMigration('01_a')] };
    await expect(runMigrations(database, [unordered])).rejects.toMatchObject({ code: 'config_invalid' });
  });

  it('can be taken back, newest first', async () => {
    const module = { name: 'one', migrations: [aMigration('01_a'), aMigration('02_b')] };
    await runMigrations(database, [module]);
    expect(await revertMigrations(database, module, 1)).toEqual([{ module: 'one', id: '02_b' }]);
    expect(await tables()).toEqual(['01_a']);
    expect(await runMigrations(database, [module])).toEqual([{ module: 'one', id: '02_b' }]);
  });
});
