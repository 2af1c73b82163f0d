import { hashSecret, type IdentityDeps } from '../identity-deps.ts';
import { lowerRole, type Principal } from '../principal.ts';
import { findByToken } from '../tokens/find-by-token.ts';
import { createSessionRepository } from './session-repository.ts';

/** What a request presented. A token goes before a cookie. */
export interface PresentedCredentials {
  /** Value of the session cookie. */
  readonly sessionSecret?: string | undefined;
  /** Value after `Bearer `. */
  readonly token?: string | undefined;
}

/** Who makes the request; undefined if nothing valid was presented. A bad token is not rescued by a good cookie. */
export async function authenticate(
  deps: IdentityDeps,
  presented: PresentedCredentials,
): Promise<Principal | undefined> {
  if (presented.token !== undefined) return byToken(deps, presented.token);
  if (presented.sessionSecret !== undefined) return bySession(deps, presented.sessionSecret);
  return undefined;
}

async function bySession(deps: IdentityDeps, secret: string): Promise<Principal | undefined> {
  const sessions = createSessionRepository(deps.database.connection);
  const found = await sessions.findOpen(hashSecret(secret), deps.clock());
  if (found === undefined) return undefined;
  const { session, authority } = found;
  return {
    ...authority,
    tenantId: session.tenantId,
    userId: session.userId,
    via: 'session',
    sessionId: session.secretHash,
    expires: session.expiresAt,
  };
}

async function byToken(deps: IdentityDeps, text: string): Promise<Principal | undefined> {
  const found = await findByToken(deps, text);
  if (found === undefined) return undefined;
  const { token, authority } = found;
  return {
    ...authority,
    role: lowerRole(token.role, authority.role),
    isPlatformAdmin: authority.isPlatformAdmin && token.isPlatformAdmin,
    tenantId: token.tenantId,
    userId: token.userId,
    via: 'token',
    tokenId: token.id,
    ...(token.expiresAt === null ? {} : { expires: token.expiresAt }),
  };
}
