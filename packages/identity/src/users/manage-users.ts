import {
  administrators,
  toPageBody,
  type PageBody,
  type RouteBody,
  type RouteQuery,
  type User,
} from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { ulid } from 'ulid';
import type { IdentityDeps } from '../identity-deps.ts';
import { assertNotAbove, assertRole, type Principal } from '../principal.ts';
import { issueSignInLink } from '../sign-in-links/issue-link.ts';
import { assertTenant, assertRoleFits, describeRights, findUser } from './user-rules.ts';
import { createUserRepository, type NewUser } from './user-repository.ts';

/** Answer to making a link: the server puts the token into an address of the app. */
export interface LinkCreated {
  readonly _id: string;
  readonly result: 'created';
  readonly revision?: number;
  readonly linkToken: string;
}

/** Users of the caller's tenant. */
export async function searchUsers(
  deps: IdentityDeps,
  principal: Principal,
  query: RouteQuery<'searchUsers'>,
): Promise<PageBody<User>> {
  assertRole(principal, administrators);
  const started = performance.now();
  const page = await createUserRepository(deps.database.connection).search(principal.tenantId, query);
  return toPageBody(page, performance.now() - started);
}

/**
 * Adds a user to the caller's tenant, or to the one that a platform administrator names.
 * Throws `already_exists`, `not_found`, and `forbidden_role` for rights above the caller's own.
 */
export async function createUser(
  deps: IdentityDeps,
  principal: Principal,
  { tenant: tenantId = principal.tenantId, platformAdmin, ...user }: RouteBody<'createUser'>,
): Promise<LinkCreated> {
  assertRole(principal, administrators);
  if (tenantId !== principal.tenantId) assertRole(principal, ['platform_admin']);
  const rights = { role: user.role, isPlatformAdmin: platformAdmin || user.role === 'platform_admin' };
  assertNotAbove(principal, rights);
  assertRoleFits(tenantId, user.role);
  const id = ulid();
  const linkToken = await deps.database.transaction(async (trx) => {
    await assertTenant(trx, tenantId);
    await createUserRepository(trx).insert(tenantId, { ...user, ...rights, id });
    await deps.audit.record(trx, {
      tenantId,
      actor: principal.name,
      action: 'user_created',
      target: { kind: 'user', id, name: user.email },
      to: describeRights(rights),
    });
    return issueSignInLink(deps, trx, { tenantId, userId: id });
  });
  return { _id: id, result: 'created', revision: 1, linkToken };
}

/** A new link for a user of the caller's tenant. Throws `not_found`, and `forbidden_role` if that user stands above the caller. */
export async function createSignInLink(deps: IdentityDeps, principal: Principal, userId: string): Promise<LinkCreated> {
  assertRole(principal, administrators);
  const { tenantId } = principal;
  const linkToken = await deps.database.transaction(async (trx) => {
    const { user } = await findUser(trx, tenantId, userId);
    assertNotAbove(principal, { role: user.role, isPlatformAdmin: user.platformAdmin });
    await deps.audit.record(trx, {
      tenantId,
      actor: principal.name,
      action: 'sign_in_link_created',
      target: { kind: 'user', id: userId, name: user.email },
    });
    return issueSignInLink(deps, trx, { tenantId, userId });
  });
  return { _id: userId, result: 'created', linkToken };
}

/** Finds the user with this e-mail in the tenant or makes it. For the first start only; nobody calls it over HTTP. */
export async function ensureUser(
  deps: IdentityDeps,
  input: Omit<NewUser, 'id' | 'isPlatformAdmin'> & { readonly tenantId: string; readonly isPlatformAdmin?: boolean },
): Promise<User> {
  const { tenantId, isPlatformAdmin = input.role === 'platform_admin', ...rest } = input;
  const user = { ...rest, isPlatformAdmin };
  const users = createUserRepository(deps.database.connection);
  const known = await users.findByEmail(input.email);
  if (known === undefined) await users.insertIfAbsent(tenantId, { ...user, id: ulid() });
  const stored = known ?? (await users.findByEmail(input.email));
  if (stored?.tenantId !== tenantId)
    throw new AppError('already_exists', { message: 'The e-mail belongs to another tenant.' });
  return stored.user;
}
