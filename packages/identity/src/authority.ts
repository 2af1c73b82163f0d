import type { Role, TenantFeatures } from '@patchbay/api-contract';

/** What a user may do now, read together with the session or token in one statement: every API call pays for it. */
export interface Authority {
  readonly name: string;
  readonly role: Role;
  readonly isPlatformAdmin: boolean;
  readonly features: TenantFeatures;
  readonly connectorLimit: number | null;
}

/** Columns of {@link Authority} in a join of `users` and `tenants`. */
export const authorityColumns = [
  'users.email as user_email',
  'users.role as user_role',
  'users.is_platform_admin as user_is_platform_admin',
  'tenants.features as tenant_features',
  'tenants.limits as tenant_limits',
] as const;

/** A row with {@link authorityColumns}. */
export interface AuthorityRow {
  readonly user_email: string;
  readonly user_role: Role;
  readonly user_is_platform_admin: boolean;
  readonly tenant_features: TenantFeatures;
  readonly tenant_limits: { readonly custom_connectors: number | null };
}

/** Reads {@link authorityColumns}. */
export function toAuthority(row: AuthorityRow): Authority {
  return {
    name: row.user_email,
    role: row.user_role,
    isPlatformAdmin: row.user_is_platform_admin,
    features: row.tenant_features,
    connectorLimit: row.tenant_limits.custom_connectors,
  };
}
