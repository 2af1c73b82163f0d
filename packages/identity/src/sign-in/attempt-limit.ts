import { AppError } from '@patchbay/errors';
import { hashSecret, type IdentityDeps } from '../identity-deps.ts';
import { createSignInAttemptRepository } from './sign-in-attempt-repository.ts';

const windowMs = 15 * 60_000;

/** A counter and how many failures it allows in 15 minutes. */
export interface AttemptLimit {
  readonly key: string;
  readonly most: number;
}

/** Ten failures for one account from one address; a whole network gets a hundred over all accounts. */
export function passwordLimits(account: string, address: string): readonly AttemptLimit[] {
  return [
    { key: `account|${account}|${address}`, most: 10 },
    { key: `address|${address}`, most: 100 },
  ];
}

/** Links are 256 bits; the limit only keeps a guesser from loading the database. */
export function linkLimits(address: string): readonly AttemptLimit[] {
  return [{ key: `link|${address}`, most: 50 }];
}

/**
 * Counts an attempt *before* it is judged, so that a hundred guesses at once cannot slip through together.
 * Throws `rate_limited` with `details.retryAfterMs`.
 */
export async function countAttempt(deps: IdentityDeps, limits: readonly AttemptLimit[]): Promise<void> {
  const attempts = createSignInAttemptRepository(deps.database.connection);
  const now = deps.clock();
  const windowStart = new Date(now.getTime() - windowMs);
  for (const limit of limits) {
    const window = await attempts.count(hashSecret(limit.key), now, windowStart);
    if (window.count > limit.most) {
      const retryAfterMs = Math.max(1_000, window.startedAt.getTime() + windowMs - now.getTime());
      throw new AppError('rate_limited', {
        message: 'Too many failed sign-ins. Wait a while.',
        details: { retryAfterMs },
      });
    }
  }
}

/** Takes the attempt back after a success: only failures count. */
export async function takeBackAttempt(deps: IdentityDeps, limits: readonly AttemptLimit[]): Promise<void> {
  const attempts = createSignInAttemptRepository(deps.database.connection);
  for (const limit of limits) await attempts.takeBack(hashSecret(limit.key));
  await attempts.deleteBefore(new Date(deps.clock().getTime() - windowMs));
}
