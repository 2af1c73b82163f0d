import type { Database } from '@patchbay/database';
import { trimChanges } from './copy-repository.ts';
import { findStale, refreshSearch } from './index-repository.ts';

const atOnce = 200;

/** Brings connectors into the search that an earlier release stored; safe to repeat and to run on several servers at once. */
export async function refreshStaleSearch(database: Database): Promise<number> {
  await trimChanges(database.connection);
  let count = 0;
  for (;;) {
    const ids = await findStale(database.connection, atOnce);
    if (ids.length === 0) return count;
    await database.transaction((trx) => refreshSearch(trx, ids));
    count += ids.length;
  }
}
