import type { DatabaseConnection } from '@patchbay/database';
import { hashSecret, newSecret, type IdentityDeps } from '../identity-deps.ts';
import { createSignInLinkRepository } from './sign-in-link-repository.ts';

const linkMs = 24 * 60 * 60_000;

/** Makes a one-time link for a user, valid for 24 hours. Answers the token; only its hash is stored. */
export async function issueSignInLink(
  deps: IdentityDeps,
  db: DatabaseConnection,
  who: { readonly tenantId: string; readonly userId: string },
): Promise<string> {
  const links = createSignInLinkRepository(db);
  const now = deps.clock();
  const token = newSecret(deps);
  await links.deleteExpired(now);
  await links.insert({
    ...who,
    tokenHash: hashSecret(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + linkMs),
  });
  return token;
}
