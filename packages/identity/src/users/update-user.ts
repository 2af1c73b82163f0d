import { administrators, type RouteBody, type RouteResponse } from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { assertRevision, type ExpectedRevision } from '../expected-revision.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { assertNotAbove, assertRole, type Principal, type Rights } from '../principal.ts';
import { lockTenants, platformTenantId } from '../tenants/tenant-repository.ts';
import { assertRoleFits, describeRights, findUser } from './user-rules.ts';
import { createRightsRepository } from './rights-repository.ts';
import { createUserRepository } from './user-repository.ts';

/** A change of one user. */
export interface UserChange {
  readonly id: string;
  readonly body: RouteBody<'updateUser'>;
  readonly revision: ExpectedRevision;
}

/**
 * Changes name and rights of a user of the caller's tenant; the next request of that user has them.
 * Throws `not_found`, `forbidden_role` (the user or the new rights stand above the caller), `revision_conflict`, `last_administrator`.
 */
export async function updateUser(
  deps: IdentityDeps,
  principal: Principal,
  change: UserChange,
): Promise<RouteResponse<'updateUser'>> {
  assertRole(principal, administrators);
  const revision = await deps.database.transaction((trx) => writeUser(deps, trx, { principal, change }));
  return { _id: change.id, result: 'updated', revision };
}

async function writeUser(
  deps: IdentityDeps,
  trx: Transaction,
  { principal, change }: { principal: Principal; change: UserChange },
): Promise<number> {
  const { tenantId } = principal;
  const users = createUserRepository(trx);
  // Two administrators who demote each other at the same moment must not both succeed.
  await lockTenants(trx, [tenantId, platformTenantId]);
  const { user } = await findUser(trx, tenantId, change.id);
  const before: Rights = { role: user.role, isPlatformAdmin: user.platformAdmin };
  const after = newRights(before, change.body);
  assertNotAbove(principal, before);
  assertNotAbove(principal, after);
  assertRoleFits(tenantId, after.role);
  assertRevision(user.revision, change.revision);
  const name = change.body.name ?? user.name;
  const revision = await users.update(tenantId, user.id, { name, ...after, at: deps.clock() });
  await assertAdministratorsLeft(trx, { tenantId, before, after });
  await deps.audit.record(trx, {
    tenantId,
    actor: principal.name,
    action: 'user_updated',
    target: { kind: 'user', id: user.id, name: user.email },
    from: describeRights(before),
    to: describeRights(after),
    ...(name !== user.name && { details: { before: { name: user.name }, after: { name } } }),
  });
  return revision;
}

/** Who leaves the role platform_admin leaves its rights too, unless the caller says otherwise. */
function newRights(before: Rights, body: RouteBody<'updateUser'>): Rights {
  const role = body.role ?? before.role;
  const isKept = before.isPlatformAdmin && (before.role !== 'platform_admin' || role === 'platform_admin');
  return { role, isPlatformAdmin: role === 'platform_admin' || (body.platformAdmin ?? isKept) };
}

async function assertAdministratorsLeft(
  trx: Transaction,
  change: { readonly tenantId: string; readonly before: Rights; readonly after: Rights },
): Promise<void> {
  const rights = createRightsRepository(trx);
  const { before, after } = change;
  if (before.isPlatformAdmin && !after.isPlatformAdmin && (await rights.countPlatformAdmins()) === 0)
    throw new AppError('last_administrator', { message: 'This is the last platform administrator.' });
  const isLeaving = before.role === 'enterprise_admin' && after.role !== 'enterprise_admin';
  if (isLeaving && (await rights.countRole(change.tenantId, 'enterprise_admin')) === 0)
    throw new AppError('last_administrator');
}
