import { AppError } from '@patchbay/errors';
import type { Database, DatabaseConnection, Transaction } from './database.ts';

/** One numbered change of the schema. */
export interface Migration {
  /** `YYYYMMDDHHMMSS_<verb>_<what>`; the order of a module is the order of its ids. */
  readonly id: string;
  up(db: DatabaseConnection): Promise<void>;
  down(db: DatabaseConnection): Promise<void>;
}

/** The migrations of one module, oldest first. */
export interface MigrationModule {
  readonly name: string;
  readonly migrations: readonly Migration[];
}

/** One migration that was run. */
export interface AppliedMigration {
  readonly module: string;
  readonly id: string;
}

/** Any number will do as long as every server uses the same. */
const lockKey = 7_228_224_2;

/**
 * Brings the schema up to date: all modules in the given order, in one transaction, so that an upgrade happens fully or not at all.
 * Safe when several servers start at once: the others wait and find nothing to do.
 * Throws `database_too_new` if the database knows a migration that this program does not, `config_invalid` if one is missing in between.
 */
export function runMigrations(db: Database, modules: readonly MigrationModule[]): Promise<AppliedMigration[]> {
  return locked(db, async (trx) => {
    const done: AppliedMigration[] = [];
    for (const module of modules) {
      for (const migration of await pendingMigrations(trx, module)) {
        await migration.up(trx);
        await trx('schema_migrations').insert({ module: module.name, id: migration.id });
        done.push({ module: module.name, id: migration.id });
      }
    }
    return done;
  });
}

/** Takes back the newest `count` migrations of a module, newest first. Never runs at start; for tests and repair by hand. */
export function revertMigrations(db: Database, module: MigrationModule, count: number): Promise<AppliedMigration[]> {
  return locked(db, async (trx) => {
    const applied = await appliedIds(trx, module);
    const reverted: AppliedMigration[] = [];
    for (const id of applied.slice(applied.length - count).reverse()) {
      const migration = module.migrations.find((candidate) => candidate.id === id);
      if (migration === undefined) throw tooNew(module.name, id);
      await migration.down(trx);
      await trx('schema_migrations').where({ module: module.name, id }).delete();
      reverted.push({ module: module.name, id });
    }
    return reverted;
  });
}

function locked<Result>(db: Database, work: (trx: Transaction) => Promise<Result>): Promise<Result> {
  return db.transaction(async (trx) => {
    // The wait for another server and a long migration must not run into the statement timeout.
    await trx.raw('set local statement_timeout = 0');
    await trx.raw('select pg_advisory_xact_lock(?)', [lockKey]);
    await trx.raw(
      `create table if not exists schema_migrations (
         module text not null, id text not null, applied_at timestamptz not null default now(),
         constraint schema_migrations_module_id_key primary key (module, id))`,
    );
    return work(trx);
  });
}

async function appliedIds(trx: Transaction, module: MigrationModule): Promise<string[]> {
  return trx('schema_migrations').where({ module: module.name }).orderBy('id').pluck<string[]>('id');
}

async function pendingMigrations(trx: Transaction, module: MigrationModule): Promise<readonly Migration[]> {
  const known = module.migrations.map((migration) => migration.id);
  assertOrdered(module.name, known);
  const applied = await appliedIds(trx, module);
  const unknown = applied.find((id) => !known.includes(id));
  if (unknown !== undefined) throw tooNew(module.name, unknown);
  const gap = applied.findIndex((id, index) => id !== known[index]);
  if (gap !== -1) {
    const message = `Migration ${known[gap] ?? ''} of ${module.name} was added before one that has run already.`;
    throw new AppError('config_invalid', { message });
  }
  return module.migrations.slice(applied.length);
}

function assertOrdered(module: string, ids: readonly string[]): void {
  const wrong = ids.find((id, index) => index > 0 && id <= (ids[index - 1] ?? ''));
  if (wrong !== undefined)
    throw new AppError('config_invalid', { message: `Migration ${wrong} of ${module} is out of order.` });
}

function tooNew(module: string, id: string): AppError {
  return new AppError('database_too_new', { details: { module, migration: id } });
}
