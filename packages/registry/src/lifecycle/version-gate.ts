import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { LruCache } from '../lru-cache.ts';
import { findRunnableState, type RunnableState } from './lifecycle-repository.ts';

/** How long an answer may be old: so fast a block stops all calls (4.2). */
const freshMs = 500;
const mostVersions = 2_000;

/** What a plan is locked to. */
export interface VersionKey {
  readonly slug: string;
  readonly version: string;
  readonly integrity: string;
}

/** Tells a worker before each attempt whether a version may still be called (4.2). */
export interface VersionGate {
  /** Throws `version_blocked`, `version_retired` (also from `sunset_at` on), `connector_disabled`, `connector_not_found`. */
  assertRunnable(key: VersionKey): Promise<void>;
}

interface Known {
  readonly state: Promise<RunnableState | undefined>;
  readonly until: number;
}

/** The clock is that of the worker; an answer of the database is used for at most half a second. */
export function createVersionGate(db: DatabaseConnection, now: () => number = Date.now): VersionGate {
  const known = new LruCache<Known>(mostVersions);
  const read = (key: VersionKey): Promise<RunnableState | undefined> => {
    const id = `${key.slug}@${key.version}@${key.integrity}`;
    const found = known.get(id);
    if (found !== undefined && found.until > now()) return found.state;
    const state = findRunnableState(db, key);
    known.set(id, { state, until: now() + freshMs });
    // A failure is not an answer: the next attempt asks again.
    state.catch(() => known.set(id, { state, until: 0 }));
    return state;
  };
  return {
    async assertRunnable(key) {
      const state = await read(key);
      const refusal = refusalOf(state, now());
      if (refusal !== undefined)
        throw new AppError(refusal, { details: { connector: key.slug, version: key.version } });
    },
  };
}

function refusalOf(
  state: RunnableState | undefined,
  now: number,
): 'connector_not_found' | 'version_blocked' | 'version_retired' | 'connector_disabled' | undefined {
  if (state === undefined) return 'connector_not_found';
  if (state.stage === 'retired') return 'version_retired';
  if (state.stage === 'deprecated' && state.sunsetAt !== null && state.sunsetAt.getTime() <= now)
    return 'version_retired';
  if (state.stage === 'blocked') return 'version_blocked';
  return state.isEnabled ? undefined : 'connector_disabled';
}
