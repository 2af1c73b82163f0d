import { AppError } from '@patchbay/errors';
import { hashSecret, type IdentityDeps } from '../identity-deps.ts';
import { createUserRepository, type StoredUser } from '../users/user-repository.ts';
import { countAttempt, linkLimits, passwordLimits, takeBackAttempt } from './attempt-limit.ts';
import { openSession, type SignedIn } from './open-session.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createSignInLinkRepository } from '../sign-in-links/sign-in-link-repository.ts';

/** Who wants to sign in, and the network address the request came from. */
export interface SignInInput {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

/**
 * Signs in with e-mail and password. An unknown e-mail takes as long and says the same as a wrong password.
 * Throws `invalid_credentials`, `rate_limited`.
 */
export async function signIn(deps: IdentityDeps, input: SignInInput): Promise<SignedIn> {
  const limits = passwordLimits(input.email.trim().toLowerCase(), input.address);
  await countAttempt(deps, limits);
  const stored = await createUserRepository(deps.database.connection).findByEmail(input.email.trim());
  if (!(await isPasswordOf(deps, stored, input.password)) || stored === undefined)
    throw new AppError('invalid_credentials');
  await takeBackAttempt(deps, limits);
  return openSession(deps, { tenantId: stored.tenantId, userId: stored.user.id, openedBy: 'password' });
}

/**
 * Signs in with a one-time link. Of many requests with the same link exactly one succeeds.
 * Throws `sign_in_link_invalid`, `rate_limited`.
 */
export async function signInByLink(
  deps: IdentityDeps,
  input: { readonly token: string; readonly address: string },
): Promise<SignedIn> {
  const limits = linkLimits(input.address);
  await countAttempt(deps, limits);
  const links = createSignInLinkRepository(deps.database.connection);
  const link = await links.claim(hashSecret(input.token), deps.clock());
  if (link === undefined) throw new AppError('sign_in_link_invalid');
  await takeBackAttempt(deps, limits);
  return openSession(deps, { ...link, openedBy: 'link' });
}

/** True if the user has a password and this is it. Always does the work of one hash. */
export async function isPasswordOf(
  deps: IdentityDeps,
  stored: StoredUser | undefined,
  password: string,
): Promise<boolean> {
  if (stored === undefined || stored.passwordHash === null) {
    await hashPassword(password, deps.random(16), deps.passwordCost);
    return false;
  }
  return verifyPassword(password, stored.passwordHash);
}
