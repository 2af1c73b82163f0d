import type { Role, TenantFeatures } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';

/** Who makes a request, and in which tenant. Holds no secret. */
export interface Principal {
  readonly tenantId: string;
  readonly userId: string;
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

const ranks: Record<Role, number> = { platform_admin: 4, enterprise_admin: 3, developer: 2, viewer: 1 };

/** The weaker of two roles. */
export function lowerRole(one: Role, other: Role): Role {
  return ranks[one] <= ranks[other] ? one : other;
}

/** Throws `forbidden_role` if the caller has none of the roles. */
export function assertRole(principal: Pick<Principal, 'role'>, roles: readonly Role[]): void {
  if (!roles.includes(principal.role))
    throw new AppError('forbidden_role', { details: { role: principal.role, needs: roles } });
}

/** Throws `forbidden_role` if `role` is above the caller's own: nobody hands out more than they have. */
export function assertNotAbove(principal: Pick<Principal, 'role'>, role: Role): void {
  if (ranks[role] <= ranks[principal.role]) return;
  throw new AppError('forbidden_role', {
    message: 'You cannot give a role above your own.',
    details: { role: principal.role },
  });
}
