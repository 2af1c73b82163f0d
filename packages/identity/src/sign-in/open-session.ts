import type { Session } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { hashSecret, newSecret, type IdentityDeps } from '../identity-deps.ts';
import { createTenantRepository } from '../tenants/tenant-repository.ts';
import { createUserRepository } from '../users/user-repository.ts';
import { createSessionRepository, type SessionOrigin } from './session-repository.ts';

const sessionMs = 14 * 24 * 60 * 60_000;

/** A fresh session. `secret` goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly session: Session;
  readonly secret: string;
  readonly expires: Date;
}

/** Opens a session of 14 days for a user who has just proved who they are. */
export async function openSession(
  deps: IdentityDeps,
  who: { readonly tenantId: string; readonly userId: string; readonly openedBy: SessionOrigin },
): Promise<SignedIn> {
  const sessions = createSessionRepository(deps.database.connection);
  const now = deps.clock();
  const expires = new Date(now.getTime() + sessionMs);
  const secret = newSecret(deps);
  await sessions.deleteExpired(now);
  await sessions.insert({ ...who, secretHash: hashSecret(secret), createdAt: now, expiresAt: expires });
  return { session: await readSession(deps, who, expires), secret, expires };
}

/** What the API says about a session. Throws `unauthenticated` if the user is gone. */
export async function readSession(
  deps: IdentityDeps,
  who: { readonly tenantId: string; readonly userId: string },
  expires: Date,
): Promise<Session> {
  const db = deps.database.connection;
  const [stored, tenant] = await Promise.all([
    createUserRepository(db).find(who.tenantId, who.userId),
    createTenantRepository(db).find(who.tenantId),
  ]);
  if (stored === undefined || tenant === undefined) throw new AppError('unauthenticated');
  return { user: stored.user, tenant, expires: expires.toISOString() };
}
