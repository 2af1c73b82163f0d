import type { DatabaseConnection } from '@patchbay/database';

/** Attempts of one key in the current window. */
export interface AttemptWindow {
  readonly count: number;
  readonly startedAt: Date;
}

/** Counters of sign-in attempts. Not tenant data: the tenant is not known before sign-in. */
export interface SignInAttemptRepository {
  /** Counts one attempt in one atomic statement and answers the total; a window before `windowStart` starts anew. */
  count(keyHash: string, now: Date, windowStart: Date): Promise<AttemptWindow>;
  /** Takes one attempt back. */
  takeBack(keyHash: string): Promise<void>;
  deleteBefore(windowStart: Date): Promise<void>;
}

export function createSignInAttemptRepository(db: DatabaseConnection): SignInAttemptRepository {
  return {
    async count(keyHash, now, windowStart) {
      const { rows } = await db.raw<{ rows: { attempt_count: number; window_started_at: Date }[] }>(
        `insert into sign_in_attempts as a (key_hash, attempt_count, window_started_at) values (:keyHash, 1, :now)
         on conflict (key_hash) do update set
           attempt_count = case when a.window_started_at < :windowStart then 1 else a.attempt_count + 1 end,
           window_started_at = case when a.window_started_at < :windowStart then :now else a.window_started_at end
         returning attempt_count, window_started_at`,
        { keyHash, now, windowStart },
      );
      return { count: rows[0]?.attempt_count ?? 1, startedAt: rows[0]?.window_started_at ?? now };
    },
    async takeBack(keyHash) {
      await db('sign_in_attempts')
        .where({ key_hash: keyHash })
        .where('attempt_count', '>', 0)
        .decrement('attempt_count', 1);
    },
    async deleteBefore(windowStart) {
      await db('sign_in_attempts').where('window_started_at', '<', windowStart).delete();
    },
  };
}
