import type { Role, TenantFeatures } from '@patchbay/api-contract';

/** Who calls, with all that rights depend on (requirements.md 4.5). The server makes it from the principal. */
export interface Caller {
  readonly tenantId: string;
  readonly userId: string;
  /** E-mail, for `updated_by` and the audit log. */
  readonly name: string;
  readonly role: Role;
  /** Has the rights of a platform administrator, alone or beside those of the role. */
  readonly isPlatformAdmin: boolean;
  readonly features: TenantFeatures;
  /** Most custom connectors of the tenant; null: no limit. */
  readonly connectorLimit: number | null;
}

/** The tenant that owns built-in connectors and those that platform administrators make. */
export const platformTenant = 'platform';
