import type { Principal } from '@patchbay/identity';
import type { Caller } from '@patchbay/registry';

/** The caller as the registry judges it. */
export function callerOf(principal: Principal): Caller {
  const { tenantId, userId, name, role, isPlatformAdmin, features, connectorLimit } = principal;
  return { tenantId, userId, name, role, isPlatformAdmin, features, connectorLimit };
}
