import { platformTenant, type Caller } from '../caller.ts';
import type { RegistryDeps } from '../registry-deps.ts';

/** What a caller may see depends on this alone (requirements.md 4.2). */
export interface Reader {
  readonly tenantId: string;
  /** Whose connectors count as the reader's own, past draft. */
  readonly ownTenants: readonly string[];
  /** Whose drafts the reader sees; beside those it made itself. */
  readonly draftTenants: readonly string[];
  readonly userId: string;
  /** A platform administrator sees every tenant's connectors past draft. */
  readonly seesAll: boolean;
  /** Slugs of the connectors that the tenant has connections to. */
  readonly heldSlugs: readonly string[];
}

/** The owner of what the caller creates: a platform administrator without another role works for the platform. */
export function ownerTenantOf(caller: Caller): string {
  return caller.role === 'platform_admin' ? platformTenant : caller.tenantId;
}

/** The caller as a reader; `heldSlugs` widen what it sees to blocked and unpublished versions it uses. */
export function readerOf(caller: Caller, heldSlugs: readonly string[]): Reader {
  const platform = caller.isPlatformAdmin ? [platformTenant] : [];
  return {
    tenantId: ownerTenantOf(caller),
    ownTenants: [...new Set([ownerTenantOf(caller), ...platform])],
    draftTenants: [...(caller.role === 'enterprise_admin' ? [caller.tenantId] : []), ...platform],
    userId: caller.userId,
    seesAll: caller.isPlatformAdmin,
    heldSlugs,
  };
}

/** A tenant without a person: what its flows and connections may use. */
export function tenantReader(tenantId: string, heldSlugs: readonly string[] = []): Reader {
  return { tenantId, ownTenants: [tenantId], draftTenants: [], userId: '', seesAll: false, heldSlugs };
}

/** Slugs of the connectors that the caller's tenant has connections to. */
export async function heldSlugs(
  deps: Pick<RegistryDeps, 'connections' | 'database'>,
  caller: Caller,
): Promise<string[]> {
  return Object.keys(await deps.connections.countByConnector(deps.database.connection, caller.tenantId));
}
