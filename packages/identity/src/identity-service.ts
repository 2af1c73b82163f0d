import type { RouteBody, RouteQuery, RouteResponse, Session } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import { createTenant, ensureTenant } from './create-tenant.ts';
import { createIdentityDeps, type IdentityOptions } from './identity-deps.ts';
import type { Principal } from './principal.ts';
import { authenticate, type PresentedCredentials } from './sign-in/authenticate.ts';
import { issueSignInLink } from './sign-in/issue-link.ts';
import { readSession, type SignedIn } from './sign-in/open-session.ts';
import { createSessionRepository } from './sign-in/session-repository.ts';
import { setPassword } from './sign-in/set-password.ts';
import { signIn, signInByLink, type SignInInput } from './sign-in/sign-in.ts';
import { createToken, deleteToken, searchTokens } from './tokens/manage-tokens.ts';
import { createSignInLink, createUser, ensureUser, searchUsers } from './users/manage-users.ts';

/** A session that a token opens for the length of one request ends with it; the API still names an end. */
const tokenWithoutEndMs = 365 * 24 * 60 * 60_000;

/** Everything the server needs of this module, with its dependencies bound. Answers are the bodies of the routes. */
export type IdentityService = ReturnType<typeof createIdentityService>;

export function createIdentityService(database: Database, options: IdentityOptions = {}) {
  const deps = createIdentityDeps(database, options);
  return {
    authenticate: (presented: PresentedCredentials): Promise<Principal | undefined> => authenticate(deps, presented),
    signIn: (input: SignInInput): Promise<SignedIn> => signIn(deps, input),
    signInByLink: (input: { token: string; address: string }): Promise<SignedIn> => signInByLink(deps, input),
    getSession: (principal: Principal): Promise<Session> =>
      readSession(deps, principal, principal.expires ?? new Date(deps.clock().getTime() + tokenWithoutEndMs)),
    /** Ends the session on the server; nothing to end for a token. */
    async signOut(principal: Principal): Promise<RouteResponse<'signOut'>> {
      const sessions = createSessionRepository(database.connection);
      if (principal.sessionId !== undefined) await sessions.delete(principal.tenantId, principal.sessionId);
      return { result: 'deleted' };
    },
    setPassword: (principal: Principal, body: RouteBody<'setPassword'>) => setPassword(deps, principal, body),
    searchUsers: (principal: Principal, query: RouteQuery<'searchUsers'>) => searchUsers(deps, principal, query),
    createUser: (principal: Principal, body: RouteBody<'createUser'>) => createUser(deps, principal, body),
    createSignInLink: (principal: Principal, userId: string) => createSignInLink(deps, principal, userId),
    searchTokens: (principal: Principal, query: RouteQuery<'searchTokens'>) => searchTokens(deps, principal, query),
    createToken: (principal: Principal, body: RouteBody<'createToken'>) => createToken(deps, principal, body),
    deleteToken: (principal: Principal, id: string) => deleteToken(deps, principal, id),
    /** For the first start and for tests; no route calls the rest. */
    createTenant: (input: Parameters<typeof createTenant>[1]) => createTenant(deps, input),
    ensureTenant: (input: Parameters<typeof ensureTenant>[1]) => ensureTenant(deps, input),
    ensureUser: (input: Parameters<typeof ensureUser>[1]) => ensureUser(deps, input),
    issueSignInLink: (who: { tenantId: string; userId: string }): Promise<string> => issueSignInLink(deps, who),
  };
}
