import {
  administrators,
  toPageBody,
  type PageBody,
  type Role,
  type RouteBody,
  type RouteQuery,
  type User,
} from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { ulid } from 'ulid';
import type { IdentityDeps } from '../identity-deps.ts';
import { assertNotAbove, assertRole, type Principal } from '../principal.ts';
import { issueSignInLink } from '../sign-in/issue-link.ts';
import { createUserRepository } from './user-repository.ts';

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

/** Adds a user to the caller's tenant. Throws `already_exists`, and `forbidden_role` for a role above the caller's own. */
export async function createUser(
  deps: IdentityDeps,
  principal: Principal,
  body: RouteBody<'createUser'>,
): Promise<LinkCreated> {
  assertRole(principal, administrators);
  assertNotAbove(principal, body.role);
  const id = ulid();
  await createUserRepository(deps.database.connection).insert(principal.tenantId, { ...body, id });
  const linkToken = await issueSignInLink(deps, { tenantId: principal.tenantId, userId: id });
  return { _id: id, result: 'created', revision: 1, linkToken };
}

/** A new link for a user of the caller's tenant. Throws `not_found`, and `forbidden_role` if that user stands above the caller. */
export async function createSignInLink(deps: IdentityDeps, principal: Principal, userId: string): Promise<LinkCreated> {
  assertRole(principal, administrators);
  const stored = await createUserRepository(deps.database.connection).find(principal.tenantId, userId);
  if (stored === undefined) throw new AppError('not_found', { message: 'There is no such user in your tenant.' });
  assertNotAbove(principal, stored.user.role);
  const linkToken = await issueSignInLink(deps, { tenantId: principal.tenantId, userId });
  return { _id: userId, result: 'created', linkToken };
}

/** Finds the user with this e-mail in the tenant or makes it. For the first start only; nobody calls it over HTTP. */
export async function ensureUser(
  deps: IdentityDeps,
  input: { readonly tenantId: string; readonly email: string; readonly name: string; readonly role: Role },
): Promise<User> {
  const { tenantId, ...user } = input;
  const users = createUserRepository(deps.database.connection);
  const known = await users.findByEmail(input.email);
  if (known === undefined) await users.insertIfAbsent(tenantId, { ...user, id: ulid() });
  const stored = known ?? (await users.findByEmail(input.email));
  if (stored?.tenantId !== tenantId)
    throw new AppError('already_exists', { message: 'The e-mail belongs to another tenant.' });
  return stored.user;
}
