import type { Role, TenantFeatures } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';

/** Who makes a request, and in which tenant. Holds no secret. */
export interface Principal {
  readonly tenantId: string;
  readonly userId: string;
  /** E-mail: names the author of a change. */
  readonly name: string;
  /** The role in effect: that of the user, lowered to that of the token. */
  readonly role: Role;
  /** Rights of a platform administrator beside those of the role, lowered to what the token was given. */
  readonly isPlatformAdmin: boolean;
  /** What the tenant may do (ZO-01, DI-01, 5.26). */
  readonly features: TenantFeatures;
  /** Most custom connectors of the tenant; null: no limit. */
  readonly connectorLimit: number | null;
  /** `local`: development mode, no token (5.33). */
  readonly via: 'session' | 'token' | 'local';
  /** Hash of the session secret; only with `via: 'session'`. */
  readonly sessionId?: string;
  /** Only with `via: 'token'`. */
  readonly tokenId?: string;
  /** When the session or token ends; absent for a token without end. */
  readonly expires?: Date;
}

/** The part of a principal that rights depend on. */
export type Rights = Pick<Principal, 'role' | 'isPlatformAdmin'>;

/** Roles within a tenant, weakest first. A platform administrator stands beside them: only a viewer has less in every way. */
const ladder: readonly Role[] = ['viewer', 'developer', 'enterprise_admin'];

/** The strongest role that gives nothing which one of the two does not give. */
export function lowerRole(one: Role, other: Role): Role {
  if (one === other) return one;
  if (one === 'platform_admin' || other === 'platform_admin') return 'viewer';
  return ladder.indexOf(one) < ladder.indexOf(other) ? one : other;
}

/** True if the rights include one of the roles; the flag counts as the role platform_admin. */
export function hasRole(rights: Rights, roles: readonly Role[]): boolean {
  return roles.includes(rights.role) || (rights.isPlatformAdmin && roles.includes('platform_admin'));
}

/** Throws `forbidden_role` if the caller has none of the roles. */
export function assertRole(rights: Rights, roles: readonly Role[]): void {
  if (!hasRole(rights, roles))
    throw new AppError('forbidden_role', { details: { role: rights.role, needs: [...roles] } });
}

/**
 * Throws `forbidden_role` if `given` is above the caller's own: nobody hands out or touches more than they have, save that
 * platform administrators appoint everybody.
 */
export function assertNotAbove(rights: Rights, given: Rights): void {
  if (rights.isPlatformAdmin) return;
  if (!given.isPlatformAdmin && lowerRole(given.role, rights.role) === given.role) return;
  throw new AppError('forbidden_role', {
    message: 'This role is above your own.',
    details: { role: rights.role },
  });
}

/** Throws `forbidden_role` if a token would have more than its user. */
export function assertWithin(rights: Rights, given: Rights): void {
  const isFlagOwn = rights.isPlatformAdmin || !given.isPlatformAdmin;
  if (isFlagOwn && lowerRole(given.role, rights.role) === given.role) return;
  throw new AppError('forbidden_role', {
    message: 'A token cannot have more rights than you.',
    details: { role: rights.role },
  });
}
