import { administrators, toPageBody, type AuditEntry, type PageBody, type RouteQuery } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { IdentityDeps } from '../identity-deps.ts';
import { assertRole, type Principal } from '../principal.ts';
import { createAuditRepository } from './audit-repository.ts';

/** The log of the caller's tenant; a platform administrator may name another. Throws `forbidden_role`. */
export async function searchAudit(
  deps: IdentityDeps,
  principal: Principal,
  { tenant = principal.tenantId, ...request }: RouteQuery<'searchAudit'>,
): Promise<PageBody<AuditEntry>> {
  assertRole(principal, administrators);
  if (tenant !== principal.tenantId && !principal.isPlatformAdmin) {
    throw new AppError('forbidden_role', {
      message: 'You may read the audit log of your own tenant only.',
      details: { role: principal.role },
    });
  }
  const started = performance.now();
  const page = await createAuditRepository(deps.database.connection).search(tenant, request);
  return toPageBody(page, performance.now() - started);
}
