import { AppError } from '@patchbay/errors';
import type { IdentityDeps } from '../identity-deps.ts';
import type { Principal } from '../principal.ts';
import { createUserRepository, type StoredUser } from '../users/user-repository.ts';
import { countAttempt, passwordLimits, takeBackAttempt } from './attempt-limit.ts';
import { hashPassword } from './password.ts';
import { createSessionRepository } from './session-repository.ts';
import { createSignInLinkRepository } from '../sign-in-links/sign-in-link-repository.ts';
import { isPasswordOf } from './sign-in.ts';

/** A session opened by a link may set a forgotten password for this long. */
const linkGraceMs = 60 * 60_000;

/**
 * Sets the caller's password and ends all their other sessions and open links.
 * The current one is needed if there is one, except in the first hour of a session that a one-time link opened.
 * Throws `invalid_credentials`, `forbidden_role` for a token, `rate_limited`.
 */
export async function setPassword(
  deps: IdentityDeps,
  principal: Principal,
  input: { readonly current?: string | undefined; readonly password: string },
): Promise<{ _id: string; result: 'updated'; revision: number }> {
  if (principal.sessionId === undefined) {
    throw new AppError('forbidden_role', {
      message: 'A token cannot change a password.',
      hint: 'Sign in to change it.',
    });
  }
  const stored = await createUserRepository(deps.database.connection).find(principal.tenantId, principal.userId);
  if (stored === undefined) throw new AppError('unauthenticated');
  await checkCurrent(deps, { stored, sessionId: principal.sessionId, current: input.current });
  const hash = await hashPassword(input.password, deps.random(16), deps.passwordCost);
  const revision = await deps.database.transaction(async (trx) => {
    await createSessionRepository(trx).deleteOthers(principal.tenantId, principal.userId, principal.sessionId);
    await createSignInLinkRepository(trx).deleteOf(principal.tenantId, principal.userId);
    await deps.audit.record(trx, {
      tenantId: principal.tenantId,
      actor: principal.name,
      action: 'password_set',
      target: { kind: 'user', id: principal.userId, name: stored.user.email },
    });
    const change = { hash, at: deps.clock() };
    return createUserRepository(trx).setPasswordHash(principal.tenantId, principal.userId, change);
  });
  return { _id: principal.userId, result: 'updated', revision };
}

async function checkCurrent(
  deps: IdentityDeps,
  input: { readonly stored: StoredUser; readonly sessionId: string; readonly current: string | undefined },
): Promise<void> {
  if (input.stored.passwordHash === null) return;
  if (input.current === undefined && (await isFreshLinkSession(deps, input.sessionId))) return;
  const limits = passwordLimits(input.stored.user.id, 'set-password').slice(0, 1);
  await countAttempt(deps, limits);
  if (!(await isPasswordOf(deps, input.stored, input.current ?? ''))) {
    throw new AppError('invalid_credentials', { message: 'The current password is wrong.' });
  }
  await takeBackAttempt(deps, limits);
}

async function isFreshLinkSession(deps: IdentityDeps, sessionId: string): Promise<boolean> {
  const now = deps.clock();
  const found = await createSessionRepository(deps.database.connection).findOpen(sessionId, now);
  const session = found?.session;
  return session?.openedBy === 'link' && now.getTime() - session.createdAt.getTime() < linkGraceMs;
}
