import type { RouteBody, RouteQuery, RouteResponse, Session } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import { searchAudit } from './audit/search-audit.ts';
import type { ExpectedRevision } from './expected-revision.ts';
import { createIdentityDeps, type IdentityOptions } from './identity-deps.ts';
import type { Principal } from './principal.ts';
import { authenticate, type PresentedCredentials } from './sign-in/authenticate.ts';
import { issueSignInLink } from './sign-in-links/issue-link.ts';
import { readSession, type SignedIn } from './sign-in/open-session.ts';
import { createSessionRepository } from './sign-in/session-repository.ts';
import { setPassword } from './sign-in/set-password.ts';
import { signIn, signInByLink, type SignInInput } from './sign-in/sign-in.ts';
import { ensureTenant } from './tenants/ensure-tenant.ts';
import { createTenant, getTenant, searchTenants, updateTenant } from './tenants/manage-tenants.ts';
import { createTenantRepository } from './tenants/tenant-repository.ts';
import { createToken, deleteToken, searchTokens } from './tokens/manage-tokens.ts';
import { localPrincipal, type LocalUser } from './sign-in/local-principal.ts';
import { createSignInLink, createUser, ensureUser, searchUsers } from './users/manage-users.ts';
import { updateUser, type UserChange } from './users/update-user.ts';

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
    updateUser: (principal: Principal, change: UserChange) => updateUser(deps, principal, change),
    searchTokens: (principal: Principal, query: RouteQuery<'searchTokens'>) => searchTokens(deps, principal, query),
    createToken: (principal: Principal, body: RouteBody<'createToken'>) => createToken(deps, principal, body),
    deleteToken: (principal: Principal, id: string) => deleteToken(deps, principal, id),
    searchTenants: (principal: Principal, query: RouteQuery<'searchTenants'>) => searchTenants(deps, principal, query),
    getTenant: (principal: Principal, id: string) => getTenant(deps, principal, id),
    createTenant: (principal: Principal, body: RouteBody<'createTenant'>) => createTenant(deps, principal, body),
    updateTenant: (
      principal: Principal,
      change: { id: string; body: RouteBody<'updateTenant'>; revision: ExpectedRevision },
    ) => updateTenant(deps, principal, change),
    searchAudit: (principal: Principal, query: RouteQuery<'searchAudit'>) => searchAudit(deps, principal, query),
    /** Name of a tenant, for the vendor of a connector; its id if there is no such tenant. */
    nameOfTenant: async (id: string): Promise<string> =>
      (await createTenantRepository(database.connection).find(id))?.name ?? id,
    /** For other modules: their entries in the audit log. */
    audit: deps.audit,
    /** Acts as a user without any secret: for seeding, development mode and tests; no route calls it. */
    localPrincipal: (user: LocalUser): Promise<Principal | undefined> => localPrincipal(deps, user),
    /** For the first start and for tests; no route calls the rest. */
    ensureTenant: (input: Parameters<typeof ensureTenant>[1]) => ensureTenant(deps, input),
    ensureUser: (input: Parameters<typeof ensureUser>[1]) => ensureUser(deps, input),
    issueSignInLink: (who: { tenantId: string; userId: string }): Promise<string> =>
      issueSignInLink(deps, database.connection, who),
  };
}
