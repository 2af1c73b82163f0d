import { createTenantScope, type DatabaseConnection } from '@patchbay/database';

/** So many of the newest runs are looked at. */
const newestRuns = 100;

/** A text that changes when one of the newest runs of a tenant starts or changes its state; cheap enough for every second. */
export async function readRunMark(db: DatabaseConnection, tenantId: string): Promise<string> {
  const newest = createTenantScope(db, tenantId)
    .rows('runs')
    .orderBy('started_at', 'desc')
    .limit(newestRuns)
    .select('id', 'state', 'started_at');
  const answer = await db
    .from(newest.as('newest'))
    .first<{ mark: string | null }>(db.raw(`md5(string_agg(id || state, ',' order by started_at, id)) as mark`));
  return answer.mark ?? '';
}
